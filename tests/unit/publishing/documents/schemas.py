"""As much of JSON Schema as our descriptions use: what a value has that its schema does not say."""

import re
from datetime import date, datetime

KINDS = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}
FORMATS = {"date": date.fromisoformat, "date-time": datetime.fromisoformat}


def faults(value, schema, named, where="answer"):
    """Yield what in ``value`` is not as ``schema`` says; a field that it does not name is one."""
    if "$ref" in schema:
        yield from faults(value, named[schema["$ref"].rpartition("/")[2]], named, where)
    elif "anyOf" in schema:
        tried = [list(faults(value, option, named, where)) for option in schema["anyOf"]]
        yield from min(tried, key=len)
    elif schema["type"] == "null":
        yield from () if value is None else (f"{where}: not null",)
    elif type(value) is not KINDS[schema["type"]]:
        yield f"{where}: {value!r} is not a {schema['type']}"
    else:
        yield from _inside(value, schema, named, where)


def _inside(value, schema, named, where):
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where}: {value!r} is not known"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{where}: {value!r} is not written so"
    if "format" in schema:
        FORMATS[schema["format"]](value)
    for rank, part in enumerate(value if isinstance(value, list) else ()):
        yield from faults(part, schema["items"], named, f"{where}[{rank}]")
    if isinstance(value, dict):
        yield from (f"{where}.{name}: missing" for name in schema["required"] if name not in value)
        for name, part in value.items():
            if name in schema["properties"]:
                yield from faults(part, schema["properties"][name], named, f"{where}.{name}")
            else:
                yield f"{where}.{name}: not described"
