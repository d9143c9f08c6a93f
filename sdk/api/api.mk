# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# What is made from the control API's schema, control.json (generate says how).

API := $(B)/generated/api
API_INCLUDE := -I$(B)/generated
API_FILES := schema_table.c verbs_table.h verbs_table.c commands.c exits.c errors.c choices.h booth.bash _booth control.dict \
	verbs.h verbs.c libbooth.map

$(API_FILES:%=$(API)/%): $(API)/%: sdk/api/generate sdk/api/control.json $(wildcard sdk/api/*.py)
	@mkdir -p $(@D)
	sdk/api/generate $* > $@

# The reference page is committed; tests/tree/api looks whether it is current.
.PHONY: api-docs
api-docs:
	sdk/api/generate docs docs/control-api.md > $(B)/control-api.md
	mv $(B)/control-api.md docs/control-api.md

TESTS += tests/tree/api tests/tree/completion tests/tree/completion-zsh tests/system/output tests/system/host-bytes@300
