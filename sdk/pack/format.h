/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What kind of file something is, by its first bytes: so that a file given in the wrong place is
 * refused in words, and not run as if it were a program.
 */
#ifndef PACK_FORMAT_H
#define PACK_FORMAT_H

#include <glib.h>

enum pack_format {
    FORMAT_UNKNOWN,
    FORMAT_LINUX_ARM64, /* Linux Image (Linux, Documentation/arch/arm64/booting.rst) */
    FORMAT_LINUX_ARM,   /* zImage */
    FORMAT_LINUX_X86,   /* bzImage */
    FORMAT_EFI_ZBOOT,   /* Linux, drivers/firmware/efi/libstub/zboot-header.S */
    FORMAT_EFI,         /* any other PE file */
    FORMAT_ELF,
    FORMAT_UIMAGE,
    FORMAT_ANDROID,
    FORMAT_DEVICE_TREE, /* or a FIT image */
    FORMAT_CPIO,
    FORMAT_GZIP,
    FORMAT_XZ,
    FORMAT_LZMA,
    FORMAT_LZ4,
    FORMAT_LZO,
    FORMAT_BZIP2,
    FORMAT_ZSTD,
    FORMAT_EXT,
    FORMAT_SQUASHFS,
    FORMAT_EROFS,
    FORMAT_CRAMFS,
    FORMAT_ROMFS,
    FORMAT_QCOW2,
    FORMAT_SCRIPT,
    FORMATS,
};

/* FORMAT_UNKNOWN: none of these; a flat binary has no mark. */
enum pack_format pack_format_of(const guint8 *data, gsize size);

/* With its article, for messages: "a gzip file". Of FORMAT_UNKNOWN: "a file of unknown format". */
const char *pack_format_name(enum pack_format format);

/* Linux takes it as an initrd: a cpio archive, packed or not, or the image of a file system. */
gboolean pack_format_is_initrd(enum pack_format format);

/*
 * TRUE if the file can begin with a program: its first words are instructions of the architecture
 * (A64; `arm`: A32), but for a few that can be data. Compressed data and text are not taken for
 * one.
 */
gboolean pack_format_is_code(const guint8 *data, gsize size, gboolean arm);

/*
 * Bytes that a file system image or a PE file says it has, 0: it does not say. A file with fewer is
 * truncated.
 */
guint64 pack_format_size(const guint8 *data, gsize size);

#endif
