# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
# Man pages: of docs/ and of what the programs say with --help (page says how).

MAN_PAGES := $(shell sdk/man/page names)
MAN_FILES := $(MAN_PAGES:%=$(B)/man/%)
MAN_VERSION := $(shell sed -n 's/^.define BOOTH_VERSION "\(.*\)"/\1/p' sdk/cli/version.h)
MAN_DATE := $(or $(shell git log -1 --format=%cs 2> /dev/null),$(shell date +%F))

.PHONY: man
man: $(MAN_FILES)

$(MAN_FILES): $(B)/man/%: $(wildcard sdk/man/*) sdk/api/control.json sdk/api/schema.py sdk/api/emit_booth.py README.md \
		$(wildcard docs/*.md) $(B)/bin/phonebooth
	@mkdir -p $(@D)
	$(B)/bin/phonebooth --help | sdk/man/page $* $(MAN_VERSION) $(MAN_DATE) > $@

INSTALL_MAN = $(DESTDIR)$(PREFIX)/share/man
.PHONY: install-man
install-man: man
	install -d $(addprefix $(INSTALL_MAN)/man,$(sort $(subst .,,$(suffix $(MAN_PAGES)))))
	for page in $(MAN_PAGES); do install -m 644 $(B)/man/$$page $(INSTALL_MAN)/man$${page##*.}/ || exit 1; done

TESTS += tests/tree/man
TESTS_NEED += man
