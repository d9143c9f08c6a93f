/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/handset.h"

#include <gio/gio.h>

const char *handset_kind_name(enum pb_kind kind)
{
    return pb_kind_names()[kind];
}

struct handset *handset_read(const char *dir, GError **error)
{
    g_autofree char *absolute_dir = g_canonicalize_filename(dir, NULL);
    g_autofree char *file = g_build_filename(absolute_dir, HANDSET_FILE, NULL);
    g_autofree char *text = NULL;
    g_autoptr(GError) why = NULL;
    gsize length;

    if (!g_file_get_contents(file, &text, &length, &why)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                    "no handset in %s: %s; build one with `make images` or give its folder "
                    "with --handset",
                    absolute_dir, why->message);
        return NULL;
    }
    return handset_parse(absolute_dir, text, length, error);
}

void handset_free(struct handset *handset)
{
    if (!handset) {
        return;
    }
    for (unsigned i = 0; i < handset->load_count; i++) {
        g_free(handset->load[i].path);
    }
    for (unsigned i = 0; i < handset->size_count; i++) {
        g_free(handset->size[i].path);
    }
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        g_free(handset->emmc[i]);
    }
    for (unsigned i = 0; i < handset->vm_count; i++) {
        g_free(handset->vm[i].name);
        g_free(handset->vm[i].display_name);
        g_free(handset->vm[i].colour);
        g_clear_pointer(&handset->vm[i].firewall, g_array_unref);
    }
    g_free(handset->load);
    g_free(handset->size);
    g_free(handset->dir);
    g_free(handset->name);
    g_free(handset->kernel);
    g_free(handset->skin);
    g_free(handset);
}
