# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""The words of the control API for libFuzzer (tests/fuzz/fuzz_request.c)."""
import json


def tokens(schema):
    for verb in schema["verbs"]:
        yield f'{{"verb":"{verb["name"]}"'
        for member in verb["members"]:
            yield f'"{member["name"]}":'
            yield from (f'"{choice}"' for choice in member.get("choices", []))
            yield from (str(member[limit]) for limit in ("min", "max") if limit in member)
    yield from (f'"{event["name"]}"' for event in schema["events"])
    yield from ('"id":', "null", "true", "false", "1e308", "-1", "0.5", "[]", "{}", "}")


def dictionary(schema):
    return "".join(json.dumps(token) + "\n" for token in dict.fromkeys(tokens(schema)))
