/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A persona as one file (docs/handsets.md): a tar archive, packed with zstd, of
 *
 *   persona.ini   [persona] format=1, name=NAME, image=UUID of the system image it belongs to
 *   profile.ini   its profile; the files that it names are those of the image
 *   data.img      what it has stored: an ext4 image, with holes
 *
 * The image is not in it.
 */
#ifndef HANDSET_PERSONA_FILE_H
#define HANDSET_PERSONA_FILE_H

#include <glib.h>

#define PERSONA_FILE_INI     "persona.ini"
#define PERSONA_FILE_PROFILE "profile.ini"
#define PERSONA_FILE_DATA    "data.img"
#define PERSONA_FILE_GROUP   "persona"
#define PERSONA_FILE_FORMAT  1

/* Writes `file`, whole or not at all, of the persona `name` of the handset `dir`, which is held
 * meanwhile. */
gboolean persona_file_write(const char *dir, const char *name, const char *file, GError **error);

struct persona_file {
    char *name;
    char *image;       /* 32 lower case hexadecimal digits */
    GKeyFile *profile; /* names no files: it has no kernel, initrd, system, firmware */
};

/*
 * Reads `file`, which may come from anywhere, into the folder `to`, where data.img is then: only
 * these three files, none twice, none with more bytes than it may have. FALSE and `error`: nothing
 * of it is to be used. Free with persona_file_clear(), after a failure too.
 */
gboolean persona_file_read(struct persona_file *persona, const char *file, const char *to,
                           GError **error);
void persona_file_clear(struct persona_file *persona);

/* Takes the files that a profile names out of it: they are those of the image. */
void persona_file_strip(GKeyFile *profile);

#endif
