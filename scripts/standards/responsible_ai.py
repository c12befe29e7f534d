"""The properties of Croissant's vocabulary for responsible use (RAI 1.0), as the project's documents answer them."""

from pathlib import Path

from scripts.dictionary import EMPTY
from scripts.standards.document_sections import section_texts
from scripts.standards.rendering import Json

# property → the documents and headings that answer it
ANSWERS = {
    "dataCollection": [("metadata/methodology.md", "Scope")],
    "dataPreprocessingProtocol": [("metadata/methodology.md", "How the source was cut")],
    "dataAnnotationProtocol": [("metadata/methodology.md", "How rows were made")],
    "dataAnnotationAnalysis": [("metadata/methodology.md", "What is verified, and what that means")],
    "dataBiases": [("metadata/methodology.md", "Known limits")],
    "dataLimitations": [("metadata/known-problems.md", "Known problems")],
    "dataUseCases": [("metadata/terms.md", "Terms of use")],
    "personalSensitiveInformation": [
        ("metadata/privacy.md", "Whose data, and where from"),
        ("metadata/ethics.md", "What is not coded, though the report has it"),
    ],
    "dataSocialImpact": [("metadata/ethics.md", "Who is in it, and on what footing")],
    "dataReleaseMaintenancePlan": [
        ("CONTRIBUTING.md", "Versions"),
        ("metadata/ethics.md", "Releases cannot be changed, and people must be able to leave them"),
    ],
}
SINGLE = {"dataCollection", "dataSocialImpact", "dataReleaseMaintenancePlan"}  # which the vocabulary has once


def responsible_ai(root: Path) -> Json:
    """The properties, each a text or a list of texts; without those whose documents are not in `root`.

    Raises ValueError where a document lacks a heading.
    """
    found: Json = {
        "rai:dataCollectionType": ["Secondary Data Analysis"],
        "rai:dataCollectionMissingData": EMPTY,
    }
    for name, places in ANSWERS.items():
        there = [(root / file, heading) for file, heading in places if (root / file).is_file()]
        texts = [text for file, heading in there for text in section_texts(file, heading)]
        if texts:
            found[f"rai:{name}"] = "\n".join(texts) if name in SINGLE else texts
    return found
