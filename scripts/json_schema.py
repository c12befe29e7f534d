"""JSON Schema's validators, without a grammar that takes two seconds to build and that no schema here asks for.

jsonschema builds it of rfc3987_syntax wherever that is installed, as it is among the tests' packages.
"""

from scripts.unused import hide

hide("rfc3987_syntax")

from jsonschema import Draft7Validator, Draft202012Validator, ValidationError  # noqa: E402

__all__ = ["Draft7Validator", "Draft202012Validator", "ValidationError"]
