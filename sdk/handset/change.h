/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Changes of what a handset of the user's is: which personas it has. All is done to another folder
 * with the same files, which takes the handset's place when it is packed; after a failure the
 * handset is as it was. What is stored stays. Snapshots do not fit another handset: `clean` goes,
 * and it is an error if there are others.
 */
#ifndef HANDSET_CHANGE_H
#define HANDSET_CHANGE_H

#include "places.h"

struct change {
    char *dir;     /* the handset */
    char *work;    /* the folder that becomes it */
    GKeyFile *ini; /* its description, to be changed */
    int held, own; /* descriptors that hold both */
    gboolean done;
};

/* Free with change_finish(), after a failure too. */
gboolean change_begin(struct change *change, const handset_place *place, GError **error);

/* Packs what the description says now, and puts it in the handset's place. */
gboolean change_commit(struct change *change, GError **error);
void change_finish(struct change *change);

/* The profile of persona `name` in the folder that becomes the handset; free with g_free(). */
char *change_profile(const struct change *change, const char *name);

/* FALSE: `name` is no name of a persona, or one that the handset has. */
gboolean change_check_new(const struct change *change, const char *name, GError **error);

/*
 * Adds a persona: the group of the persona `like` again with another name, a UART of its own, and
 * memory for it on the board. Its profile must be in change_profile(). FALSE: it has no place.
 */
gboolean change_add(struct change *change, const char *name, const char *like, GError **error);

/* The description says nothing about `key` of that VM any more: its profile does. */
void change_forget(struct change *change, const char *name, const char *key);

/* FALSE: there is none of that name, or no other one. */
gboolean change_remove(struct change *change, const char *name, GError **error);

/* A new profile as that of `like`, with another name, and what may be NULL: a name for people, and
 * a colour. */
gboolean change_copy_profile(const struct change *change, const char *name, const char *like,
                             const char *display_name, const char *colour, GError **error);

#endif
