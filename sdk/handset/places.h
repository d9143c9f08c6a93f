/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Where handsets are (docs/handsets.md), by name:
 *
 *   $XDG_DATA_HOME/phonebooth/handsets/NAME   the user's own
 *   images/handset, images/handset-NAME       of a build, beside the folder of this program
 *   lib/phonebooth/images/...                 the same of an installed copy: nobody's to write to,
 *                                             each user gets a handset of his own of it
 */
#ifndef HANDSET_PLACES_H
#define HANDSET_PLACES_H

#include <glib.h>

#define PLACES_DEFAULT     "phone" /* the name of images/handset */
#define PLACES_DESCRIPTION "handset.ini"

enum place_kind { PLACE_USER, PLACE_BUILD, PLACE_INSTALLED };

typedef struct handset_place {
    char *name; /* NULL: found by its path */
    char *dir;  /* absolute */
    enum place_kind kind;
} handset_place;

void place_free(handset_place *place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(handset_place, place_free)

/* 1 to 32 lower case letters, digits, '-', '_' and '.', with a letter or digit in front. */
gboolean places_is_name(const char *name);

/* Folder of the user's handsets, and of one of them; free with g_free(). Made by nobody here. */
char *places_user_root(void);
char *places_user_dir(const char *name);

/* All handsets, by name; of an installed one that the user has, only his own. Free it with
 * g_ptr_array_unref(). */
GPtrArray *places_list(void);

/*
 * The handset called `what`, or else that in the folder `what`. NULL: the default one of this build
 * or installed copy. NULL and `error`: there is none.
 */
handset_place *places_find(const char *what, GError **error);

/* Those of this build or installed copy, also if the user has one of that name. */
GPtrArray *places_originals(void);

/* A file that belongs to this build or installed copy: images, boards, packages. Free with
 * g_free(). */
char *places_own(const char *name);

/* This program was installed: it has no images beside it but in lib/phonebooth. */
gboolean places_is_installed(void);

#endif
