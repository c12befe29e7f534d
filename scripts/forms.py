"""How a cell of each type is written: one way only, so that equal values are equal texts."""

FORMS = {  # of each type the whole cell and its words; 15 digits keep integers within 64 bits
    "integer": (r"-?(0|[1-9][0-9]{0,14})", "digits alone, such as 48100"),
    "number": (r"-?(0|[1-9][0-9]{0,14})(\.[0-9]*[1-9])?", "digits with a point, such as 43.65"),
    "date": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a day of the calendar as YYYY-MM-DD, such as 2018-05-10"),
    "time": (r"[0-9]{2}:[0-9]{2}", "a time of day as HH:MM, such as 03:00"),
    "boolean": (r"true|false", "true or false"),
}
