# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# Phonebooth. "make help" lists what there is to make; each folder has its own .mk file.

# As many jobs as the computer has CPUs, unless told otherwise (make -j1)
JOBS ?= $(shell nproc)
ifeq ($(filter -j%,$(MAKEFLAGS)),)
MAKEFLAGS += -j$(JOBS)
endif
MAKEFLAGS += --no-builtin-rules
# Commands are shown with V=1 only; long steps say what they do.
ifeq ($(V),)
.SILENT:
endif
.DELETE_ON_ERROR:
.SUFFIXES:

B ?= build
export PHONEBOOTH_START := $(or $(PHONEBOOTH_START),$(shell date +%s))

.PHONY: all
all: build

# Targets that need neither packages nor configuration
UNCONFIGURED := help clean distclean
ifneq ($(filter-out $(UNCONFIGURED),$(or $(MAKECMDGOALS),all)),)
include $(B)/config.mk
endif

# A fresh clone has no config.mk: install what is missing, make it, and make starts again with it.
# An old one is made again with the options that it was made with.
$(B)/config.mk: configure scripts/packages
	@PHONEBOOTH_LOG=$(B)/log scripts/install-packages
	@B=$(B) sh -c "./configure $$(sed -n '1s/^# Written by configure//p' $@ 2> /dev/null)"

PARTS := sdk/api/api.mk emulator/boards/boards.mk emulator/qemu/qemu.mk emulator/emulator.mk hypervisor/hypervisor.mk \
	hypervisor/services/switchboard/switchboard.mk sdk/sdk.mk sample-guests/guests.mk tests/tests.mk
ifneq ($(wildcard $(B)/config.mk),)
include $(wildcard $(PARTS)) tests/unit.mk
endif

.PHONY: build run check bench size install deb clean distclean help
build: boards emulator booth panel film pack hypervisor switchboard

# HANDSET=NAME: the handset that images-NAME makes, not the default one
run: build images$(HANDSET:%=-%)
	$(B)/bin/booth run $(HANDSET:%=--handset $(IMAGES)/handset-%) $(ARGS)

bench: build images images-small $(B)/tests/tone $(DRAW)
	BUILD=$(abspath $(B)) tests/bench/run

# The installed handset is a new one: what was stored on the phone of this tree is not in it. Its snapshot `clean` is
# that of the tree, if that has not been used, or a boot's; each user can read it. Its description goes with it, so that
# handsets that users make of it can be changed without this tree.
INSTALL_LIB = $(DESTDIR)$(PREFIX)/lib/phonebooth
INSTALLED_HANDSET = $(INSTALL_LIB)/images/handset
install: build images install-libbooth install-man $(API)/booth.bash $(API)/_booth
	install -d $(DESTDIR)$(PREFIX)/bin $(INSTALL_LIB)/bin $(INSTALL_LIB)/images \
		$(INSTALL_LIB)/share/phonebooth
	install $(B)/bin/booth $(B)/bin/booth-panel $(DESTDIR)$(PREFIX)/bin
	install $(B)/bin/booth-film $(B)/bin/pack $(INSTALL_LIB)/bin
	install -D -m 644 $(API)/booth.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/booth
	install -D -m 644 $(API)/_booth $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_booth
	install scripts/phonebooth-installed $(DESTDIR)$(PREFIX)/bin/phonebooth
	install $(B)/bin/phonebooth $(INSTALL_LIB)/bin/phonebooth
	ln -sfn ../../../bin/booth-panel $(INSTALL_LIB)/bin/booth-panel
	install -d $(INSTALL_LIB)/boards $(INSTALL_LIB)/setup
	install -m 644 $(B)/boards/*.dtb $(INSTALL_LIB)/boards
	install scripts/install-packages scripts/need-space $(INSTALL_LIB)/setup
	scripts/list-libraries $(INSTALL_LIB)/bin/phonebooth $(DESTDIR)$(PREFIX)/bin/booth $(DESTDIR)$(PREFIX)/bin/booth-panel \
		$(INSTALL_LIB)/bin/booth-film $(INSTALL_LIB)/bin/pack > $(INSTALL_LIB)/setup/packages
	cp -R skins $(INSTALL_LIB)/share/phonebooth/
	rm -rf $(INSTALL_LIB)/share/phonebooth/app
	cp -RL sdk/app/share $(INSTALL_LIB)/share/phonebooth/app
	rm -rf $(INSTALLED_HANDSET)
	$(call pack,$(PHONE),phone) $(INSTALLED_HANDSET)
	$(B)/bin/booth handset describe $(INSTALLED_HANDSET)
	$(if $(filter no,$(QUICK_BOOT)),,scripts/clean-snapshot --from $(IMAGES)/handset $(DESTDIR)$(PREFIX)/bin \
		$(INSTALLED_HANDSET) $(B)/log/clean-snapshot.log)
	chmod -R go+rX $(INSTALLED_HANDSET)

# Debian packages of the tree as it is, in build/deb (debian/rules says how)
DEB := $(abspath $(B)/deb)
deb: build
	@mkdir -p $(DEB)
	@env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL B=$(B) DEB=$(DEB) scripts/step $(B)/log/deb.log "building Debian packages" \
		dpkg-buildpackage -us -uc -b --changes-option=-u$(DEB) --changes-file=$(DEB)/phonebooth.changes \
		--buildinfo-option=-u$(DEB) --buildinfo-file=$(DEB)/phonebooth.buildinfo

clean:
	rm -rf $(filter-out $(B)/qemu $(B)/images $(B)/config.mk,$(wildcard $(B)/*))

distclean:
	rm -rf $(B) $(B)-sanitize

help:
	@echo "make run         build all, start the phone in a window (ARGS=--headless: without one)"
	@echo "make check       build all, run all tests"
	@echo "make run HANDSET=small  the same with another handset: small, two-systems, armhf or protected (make images-small: make it only)"
	@echo "make check-images       build the phone's image again, compare: the same packages give the same bytes"
	@echo "make check-armhf boot a 32-bit persona, look at it closely"
	@echo "make clean-snapshot     make snapshot 'clean' anew for a phone that has been used; what is stored on it stays"
	@echo "make bench       measure, write $(B)/bench.json"
	@echo "make size        bytes of the hypervisor per object and per function"
	@echo "make             build the programs; make images: the phone's images, and one boot of it (QUICK_BOOT=no: none)"
	@echo "make unit        build and run the unit tests alone"
	@echo "make PART        build a part: boards qemu emulator booth libbooth panel film pack hypervisor switchboard"
	@echo "make api-docs    write the control API's reference page from its schema"
	@echo "make install     install to --prefix (DESTDIR=... for packagers)"
	@echo "make deb         Debian packages, in $(B)/deb"
	@echo "make clean       remove what was compiled; keeps QEMU, the images and what is stored on the phone"
	@echo "make distclean   remove all"
	@echo "V=1 shows the commands, -j1 does one thing at a time"
	@echo "./configure --help shows the options of the build"
