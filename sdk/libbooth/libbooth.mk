# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
# libbooth: the control API for programs of others. What it is made of is the same as booth's (sdk/lib).

# ABI, and version of what is added to it
LIBBOOTH_ABI := 0
LIBBOOTH_VERSION := 0.1.0
LIBBOOTH_SO := $(B)/lib/libbooth.so.$(LIBBOOTH_VERSION)
LIBBOOTH_HEADERS := $(addprefix $(B)/include/booth/,booth.h error.h phone.h start.h verbs.h)
LIBBOOTH_OBJ := $(patsubst %.c,$(B)/%.o,$(wildcard sdk/libbooth/*.c)) $(API)/verbs.o $(API)/errors.o \
	$(addprefix $(B)/sdk/lib/,beside.o errors.o paths.o process.o talk.o talk_source.o wire.o)
LIBBOOTH_PKG := gio-unix-2.0 json-glib-1.0
BOOTH_GIR := $(B)/lib/Booth-$(LIBBOOTH_ABI).gir
BOOTH_TYPELIB := $(B)/lib/girepository-1.0/Booth-$(LIBBOOTH_ABI).typelib

.PHONY: libbooth
libbooth: $(LIBBOOTH_SO) $(if $(SANITIZE),,$(BOOTH_TYPELIB))

$(B)/include/booth/verbs.h: $(API)/verbs.h
	@mkdir -p $(@D)
	cp $< $@

$(B)/include/booth/%.h: sdk/libbooth/%.h
	@mkdir -p $(@D)
	cp $< $@

$(filter $(B)/sdk/libbooth/%,$(LIBBOOTH_OBJ)): $(B)/%.o: %.c $(B)/config.mk | $(LIBBOOTH_HEADERS)
	@mkdir -p $(@D)
	$(BOOTH_CC) -I$(B)/include -c $< -o $@

$(API)/verbs.o: $(API)/verbs.c $(B)/config.mk | $(LIBBOOTH_HEADERS)
	$(BOOTH_CC) -I$(B)/include -c $< -o $@

$(LIBBOOTH_SO): $(LIBBOOTH_OBJ) $(API)/libbooth.map
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,libbooth.so.$(LIBBOOTH_ABI) -Wl,--version-script=$(API)/libbooth.map \
		-Wl,-z,defs -o $@ $(LIBBOOTH_OBJ) $$($(PKG_CONFIG) --libs $(LIBBOOTH_PKG))
	ln -sf $(@F) $(B)/lib/libbooth.so.$(LIBBOOTH_ABI)
	ln -sf libbooth.so.$(LIBBOOTH_ABI) $(B)/lib/libbooth.so

# The descriptions for Python, JavaScript and other languages. The scanner runs a program that asks the library for its types.
$(BOOTH_GIR): $(LIBBOOTH_SO) $(LIBBOOTH_HEADERS)
	LD_LIBRARY_PATH=$(B)/lib CC="$(CC)" g-ir-scanner --warn-all --namespace=Booth --nsversion=$(LIBBOOTH_ABI) \
		--identifier-prefix=Booth --symbol-prefix=booth --include=Gio-2.0 --include=Json-1.0 --pkg=json-glib-1.0 \
		--pkg-export=libbooth --c-include=booth/booth.h --library=booth -L$(B)/lib -I$(B)/include --quiet \
		--output=$@ $(filter-out %/booth.h,$(LIBBOOTH_HEADERS))

$(BOOTH_TYPELIB): $(BOOTH_GIR)
	@mkdir -p $(@D)
	g-ir-compiler --shared-library=libbooth.so.$(LIBBOOTH_ABI) -o $@ $<

# DESTDIR=... for packagers
INSTALL_LIBDIR = $(DESTDIR)$(LIBDIR)
# Where Debian's Python looks, whatever another one in PATH does
PYTHON_DIR = $(PREFIX)/lib/python3$(if $(filter /usr,$(PREFIX)),,.$(shell /usr/bin/python3 -c 'import sys; print(sys.version_info[1])'))/dist-packages
INSTALL_PYTHON = $(DESTDIR)$(PYTHON_DIR)
.PHONY: install-libbooth
install-libbooth: libbooth
	install -d $(INSTALL_LIBDIR)/pkgconfig $(INSTALL_LIBDIR)/girepository-1.0 $(DESTDIR)$(PREFIX)/include/booth \
		$(DESTDIR)$(PREFIX)/share/gir-1.0
	install -m 644 $(LIBBOOTH_SO) $(INSTALL_LIBDIR)
	cp -P $(B)/lib/libbooth.so.$(LIBBOOTH_ABI) $(B)/lib/libbooth.so $(INSTALL_LIBDIR)
	sed 's,@PREFIX@,$(PREFIX),; s,@LIBDIR@,$(LIBDIR),; s,@VERSION@,$(LIBBOOTH_VERSION),' sdk/libbooth/libbooth.pc.in \
		> $(INSTALL_LIBDIR)/pkgconfig/libbooth.pc
	install -m 644 $(LIBBOOTH_HEADERS) $(DESTDIR)$(PREFIX)/include/booth
	$(if $(SANITIZE),,install -m 644 $(BOOTH_TYPELIB) $(INSTALL_LIBDIR)/girepository-1.0)
	$(if $(SANITIZE),,install -m 644 $(BOOTH_GIR) $(DESTDIR)$(PREFIX)/share/gir-1.0)
	install -d $(INSTALL_PYTHON)/booth-$(LIBBOOTH_VERSION).dist-info $(DESTDIR)$(PREFIX)/share/doc/libbooth-dev/examples
	install -m 644 sdk/python/*.py $(INSTALL_PYTHON)
	printf '%s\n' 'Metadata-Version: 2.1' 'Name: booth' 'Version: $(LIBBOOTH_VERSION)' \
		> $(INSTALL_PYTHON)/booth-$(LIBBOOTH_VERSION).dist-info/METADATA
	printf '%s\n' '[pytest11]' 'booth = pytest_booth' > $(INSTALL_PYTHON)/booth-$(LIBBOOTH_VERSION).dist-info/entry_points.txt
	install -m 644 sdk/libbooth/examples/* $(DESTDIR)$(PREFIX)/share/doc/libbooth-dev/examples

TESTS_NEED += libbooth

-include $(LIBBOOTH_OBJ:.o=.d)

UNIT += libbooth
libbooth_SRC := $(wildcard sdk/libbooth/*.c) $(API)/verbs.c $(API)/errors.c tests/unit/stand_in.c \
	$(addprefix sdk/lib/,beside.c errors.c paths.c process.c talk.c talk_source.c wire.c)
libbooth_CFLAGS := -D_GNU_SOURCE -I$(B)/include
libbooth_PKG := $(LIBBOOTH_PKG)
libbooth_NEEDS := $(LIBBOOTH_HEADERS)
