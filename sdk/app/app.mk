# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
# Unit tests of what is inside a persona: adbd's protocol (sdk/adb), archives and apps (sdk/app).

UNIT += adb app_tar
adb_SRC := $(wildcard sdk/adb/*.c) sdk/lib/client.c sdk/lib/wire.c $(API)/errors.c
adb_PKG := $(BOOTH_PKG)
app_tar_SRC := sdk/app/tar_write.c sdk/app/tar_unpack.c
app_tar_CFLAGS := -D_GNU_SOURCE
app_tar_PKG := glib-2.0 libarchive
