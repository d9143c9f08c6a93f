# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
# Unit tests of what is inside a persona: adbd's protocol (sdk/adb), archives and apps (sdk/app).

UNIT += adb app_tar
adb_SRC = $(wildcard sdk/adb/*.c) $(CLIENT_SRC)
adb_PKG := $(BOOTH_PKG)
app_tar_SRC := sdk/app/tar_write.c sdk/app/tar_unpack.c
app_tar_CFLAGS := -D_GNU_SOURCE
app_tar_PKG := glib-2.0 libarchive

UNIT += app_manifest app_seal
APP_TESTED := $(filter-out %/share_find.c %/sysroot.c,$(wildcard sdk/app/*.c))
app_manifest_SRC := $(APP_TESTED)
app_manifest_CFLAGS := -D_GNU_SOURCE
app_manifest_PKG := gio-2.0 libarchive libsodium
app_seal_SRC := $(APP_TESTED)
app_seal_CFLAGS := $(app_manifest_CFLAGS)
app_seal_PKG := $(app_manifest_PKG)

FUZZ += app
FUZZ_app_SRC := tests/fuzz/fuzz_app.c sdk/adb/frames.c sdk/adb/packet.c sdk/app/manifest.c sdk/app/manifest_text.c sdk/app/small_file.c
FUZZ_app_FLAGS = -D_GNU_SOURCE $$($(PKG_CONFIG) --cflags --libs gio-2.0)
FUZZ_app_WORDS := tests/fuzz/app.dict
