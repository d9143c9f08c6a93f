/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the folder of a packed handset says about it (handset.ini, as pack writes it). */
#ifndef HANDSET_FACTS_H
#define HANDSET_FACTS_H

#include <glib.h>

#define FACTS_SLOTS 4 /* eMMCs of a board */
#define FACTS_DATA  "data.img"

struct facts_vm {
    char *name, *display_name, *kind, *colour;
    guint slot; /* eMMC of its data disk; 0: it has none */
};

typedef struct handset_facts {
    char *dir;        /* absolute */
    char *name;       /* of the description */
    guint64 memory;   /* MiB */
    GPtrArray *vms;   /* struct facts_vm * */
    GPtrArray *files; /* char *: all files that it names, relative to `dir` unless absolute */
    GKeyFile *ini;    /* all of it */
} handset_facts;

/* NULL and `error`: there is none, or it cannot be understood. */
handset_facts *facts_read(const char *dir, GError **error);
void facts_free(handset_facts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(handset_facts, facts_free)

/* NULL: there is no persona of that name. */
const struct facts_vm *facts_persona(const handset_facts *facts, const char *name);
gboolean facts_is_persona(const struct facts_vm *vm);

/* The file of a VM's data disk as pack made it, absolute; NULL: it has none. Free with g_free(). */
char *facts_data(const handset_facts *facts, const struct facts_vm *vm);

#endif
