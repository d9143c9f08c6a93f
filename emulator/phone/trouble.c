/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/trouble.h"

static const char *const verbs[] = {
    [DISK_READ] = "read",
    [DISK_WRITE] = "written",
    [DISK_FLUSH] = "flushed",
};

/* The system card's image is never changed: QEMU keeps changes in a temporary file. */
static char *file_of(const struct handset *handset, unsigned slot)
{
    const char *path = handset->emmc[slot] ? handset->emmc[slot] : "a disk";

    return slot == HANDSET_EMMC_SYSTEM
               ? g_strdup_printf("%s (or its temporary copy in %s)", path, g_get_tmp_dir())
               : g_strdup(path);
}

static char *describe(const struct trouble_entry *entry, const struct handset *handset,
                      unsigned slot, unsigned operation)
{
    g_autofree char *file = file_of(handset, slot);

    if (entry->waits) {
        return g_strdup_printf("%s cannot be %s: %s; the phone is paused: make room, then "
                               "`booth resume`",
                               file, verbs[operation], g_strerror(entry->error));
    }
    return g_strdup_printf("%s could not be %s, %u time%s: %s; the guests got an I/O error", file,
                           verbs[operation], entry->count, entry->count == 1 ? "" : "s",
                           g_strerror(entry->error));
}

/* Every operation of the card: what is written again can be read again. */
static char *room_again(struct trouble *trouble, const struct handset *handset, unsigned slot)
{
    g_autofree char *file = file_of(handset, slot);

    for (unsigned i = 0; i < TROUBLE_OPERATIONS; i++) {
        if (trouble->entry[slot][i].waits) {
            trouble->entry[slot][i].waits = false;
            trouble->entry[slot][i].error = 0;
        }
    }
    return g_strdup_printf("%s: there is room again, everything has been written", file);
}

char *trouble_note(struct trouble *trouble, const struct handset *handset,
                   const struct disk_error *error)
{
    struct trouble_entry *entry;
    bool same;

    if (error->slot >= HANDSET_MAX_EMMC || error->operation >= TROUBLE_OPERATIONS) {
        return NULL;
    }
    entry = &trouble->entry[error->slot][error->operation];
    if (error->error == 0) {
        return entry->waits ? room_again(trouble, handset, error->slot) : NULL;
    }
    same = entry->error == error->error && entry->waits == error->waits;
    entry->error = error->error;
    entry->waits = error->waits;
    entry->count += !error->waits;
    return same ? NULL : describe(entry, handset, error->slot, error->operation);
}

/* The first entry that waits, or that does not; NULL: there is none. */
static const struct trouble_entry *find(const struct trouble *trouble, bool waits, unsigned *slot,
                                        unsigned *operation)
{
    for (*slot = 0; *slot < HANDSET_MAX_EMMC; ++*slot) {
        for (*operation = 0; *operation < TROUBLE_OPERATIONS; ++*operation) {
            const struct trouble_entry *entry = &trouble->entry[*slot][*operation];
            if (entry->error && entry->waits == waits) {
                return entry;
            }
        }
    }
    return NULL;
}

bool trouble_waits(const struct trouble *trouble)
{
    unsigned slot, operation;

    return find(trouble, true, &slot, &operation) != NULL;
}

char *trouble_line(const struct trouble *trouble, const struct handset *handset)
{
    unsigned slot, operation;
    const struct trouble_entry *entry = find(trouble, true, &slot, &operation);

    if (!entry) {
        entry = find(trouble, false, &slot, &operation);
    }
    return entry ? describe(entry, handset, slot, operation) : NULL;
}
