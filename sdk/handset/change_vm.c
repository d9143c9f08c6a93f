/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Personas in the description of a handset. */
#include "change.h"

#include <string.h>

#include <glib/gstdio.h>

#include "../pack/handset.h"
#include "../pack/keys.h"
#include "describe.h"
#include "error.h"
#include "files.h"

#define UARTS          8u /* of a board; the first three are the handset's own */
#define UART_LEAST     3u
#define MIB            ((guint64)1 << 20)
#define MEMORY_MORE    (128 * MIB) /* of the board, for what is no VM's */
#define MEMORY_SCREENS (64 * MIB)  /* of the switchboard, for each persona */

static char *group_of(const char *name)
{
    return g_strconcat("vm ", name, NULL);
}

static gboolean is_persona(GKeyFile *ini, const char *group)
{
    g_autofree char *kind = g_key_file_get_string(ini, group, "kind", NULL);

    return g_str_has_prefix(group, "vm ") && g_key_file_has_group(ini, group) &&
           (kind == NULL || strcmp(kind, "persona") == 0);
}

/* The first UART that no VM has; -1: all are taken. */
static int free_uart(GKeyFile *ini)
{
    g_auto(GStrv) groups = g_key_file_get_groups(ini, NULL);
    guint taken = 0;

    for (char **group = groups; *group; group++) {
        g_autofree char *uart = g_key_file_get_string(ini, *group, "uart", NULL);
        guint64 number;
        if (uart && g_ascii_string_to_unsigned(uart, 10, 0, UARTS - 1, &number, NULL)) {
            taken |= 1u << number;
        }
    }
    for (guint i = UART_LEAST; i < UARTS; i++) {
        if (!(taken >> i & 1)) {
            return (int)i;
        }
    }
    return -1;
}

static void copy_group(GKeyFile *ini, const char *from, const char *to)
{
    g_auto(GStrv) keys = g_key_file_get_keys(ini, from, NULL, NULL);

    for (char **key = keys; key && *key; key++) {
        g_autofree char *value = g_key_file_get_value(ini, from, *key, NULL);
        g_key_file_set_value(ini, to, *key, value);
    }
}

/* What the description says now; pack_handset_finish() it, after a failure too. */
static gboolean read_description(struct change *change, struct pack_handset *handset,
                                 GError **error)
{
    g_autofree char *path =
        g_build_filename(change->work, DESCRIBE_FOLDER, PLACES_DESCRIPTION, NULL);

    memset(handset, 0, sizeof(*handset));
    return g_key_file_save_to_file(change->ini, path, error) &&
           pack_handset_read(handset, path, NULL, error);
}

static void set_memory(struct change *change, const char *group, guint64 bytes)
{
    g_autofree char *text = g_strdup_printf("%" G_GUINT64_FORMAT "M", (bytes + MIB - 1) / MIB);

    g_key_file_set_string(change->ini, group, "memory", text);
}

/* The switchboard has the pictures of all personas' screens. Returns what it has then. */
static guint64 make_room_for_screens(struct change *change, const struct pack_handset *handset,
                                     int switchboard)
{
    const struct pack_vm *vm = &handset->vm[switchboard];
    g_autofree char *group = group_of(vm->name);
    guint64 needed = 0;

    for (guint i = 0; i < handset->vms; i++) {
        needed += handset->vm[i].kind == PB_KIND_PERSONA ? MEMORY_SCREENS : 0;
    }
    if (needed > vm->memory) {
        set_memory(change, group, needed);
    }
    return MAX(needed, vm->memory);
}

static gboolean make_room(struct change *change, GError **error)
{
    struct pack_handset handset;
    gboolean done = read_description(change, &handset, error);
    int switchboard = done ? pack_handset_switchboard(&handset) : -1;
    guint64 sum = MEMORY_MORE;

    for (guint i = 0; done && i < handset.vms; i++) {
        sum += (int)i == switchboard ? make_room_for_screens(change, &handset, switchboard)
                                     : handset.vm[i].memory;
    }
    if (done && handset.memory && handset.memory < sum) {
        set_memory(change, "handset", sum);
    }
    pack_handset_finish(&handset);
    return done;
}

gboolean change_check_new(const struct change *change, const char *name, GError **error)
{
    g_autofree char *group = group_of(name);

    if (!pack_keys_is_name(name)) {
        return handset_fail(error, HANDSET_ERROR_WRONG,
                            "'%s' is no name of a persona: up to 15 lower case letters, digits "
                            "and '-', a letter first",
                            name);
    }
    return !g_key_file_has_group(change->ini, group) ||
           handset_fail(error, HANDSET_ERROR_WRONG, "%s: has '%s' already", change->dir, name);
}

gboolean change_add(struct change *change, const char *name, const char *like, GError **error)
{
    g_autofree char *group = group_of(name), *model = group_of(like);
    g_autofree char *profile = g_build_filename("profiles", name, NULL);
    int uart = free_uart(change->ini);

    if (!change_check_new(change, name, error)) {
        return FALSE;
    }
    if (!is_persona(change->ini, model)) {
        return handset_fail(error, HANDSET_ERROR_WRONG, "%s: has no persona '%s'", change->dir,
                            like);
    }
    if (uart < 0) {
        return handset_fail(error, HANDSET_ERROR_WRONG,
                            "%s: the board has no UART left for another persona", change->dir);
    }
    copy_group(change->ini, model, group);
    g_key_file_set_integer(change->ini, group, "uart", uart);
    g_key_file_set_string(change->ini, group, "profile", profile);
    g_key_file_remove_key(change->ini, group, "display-name", NULL);
    g_key_file_remove_key(change->ini, group, "colour", NULL);
    return make_room(change, error);
}

void change_forget(struct change *change, const char *name, const char *key)
{
    g_autofree char *group = group_of(name);

    g_key_file_remove_key(change->ini, group, key, NULL);
}

static guint count_personas(GKeyFile *ini)
{
    g_auto(GStrv) groups = g_key_file_get_groups(ini, NULL);
    guint count = 0;

    for (char **group = groups; *group; group++) {
        count += is_persona(ini, *group);
    }
    return count;
}

gboolean change_remove(struct change *change, const char *name, GError **error)
{
    g_autofree char *group = group_of(name), *profile = change_profile(change, name);
    g_autofree char *folder = g_path_get_dirname(profile);
    g_autofree char *data = g_build_filename(change->work, name, NULL);

    if (!is_persona(change->ini, group)) {
        return handset_fail(error, HANDSET_ERROR_WRONG, "%s: has no persona '%s'", change->dir,
                            name);
    }
    if (count_personas(change->ini) == 1) {
        return handset_fail(error, HANDSET_ERROR_WRONG,
                            "%s: '%s' is its only persona; 'booth handset delete' deletes the "
                            "handset",
                            change->dir, name);
    }
    g_key_file_remove_group(change->ini, group, NULL);
    return files_remove(folder, error) && files_remove(data, error);
}

/* A kernel parameter that is the persona's name (systemd.hostname=work) gets the new one. */
static char *rename_in(const char *cmdline, const char *from, const char *to)
{
    g_auto(GStrv) words = g_strsplit(cmdline, " ", -1);

    for (char **word = words; *word; word++) {
        char *value = strchr(*word, '=');
        if (value && strcmp(value + 1, from) == 0) {
            char *renamed = g_strdup_printf("%.*s=%s", (int)(value - *word), *word, to);
            g_free(*word);
            *word = renamed;
        }
    }
    return g_strjoinv(" ", words);
}

/* Every persona's name for people is another one. */
static char *display_of(const char *name)
{
    char *text = g_strdup(name);

    *text = g_ascii_toupper(*text);
    return text;
}

gboolean change_copy_profile(const struct change *change, const char *name, const char *like,
                             const char *display_name, const char *colour, GError **error)
{
    g_autofree char *from = change_profile(change, like), *to = change_profile(change, name);
    g_autofree char *folder = g_path_get_dirname(to), *shown = display_of(name);
    g_autofree char *cmdline = NULL, *renamed = NULL;
    g_autofree char *model = group_of(like);
    g_autoptr(GKeyFile) ini = g_key_file_new();

    if (!is_persona(change->ini, model)) {
        return handset_fail(error, HANDSET_ERROR_WRONG, "%s: has no persona '%s'", change->dir,
                            like);
    }
    if (!g_key_file_load_from_file(ini, from, G_KEY_FILE_NONE, error)) {
        g_prefix_error(error, "%s: ", from);
        return FALSE;
    }
    g_key_file_set_string(ini, "profile", "name", name);
    g_key_file_set_string(ini, "profile", "display-name", display_name ? display_name : shown);
    if (colour) {
        g_key_file_set_string(ini, "profile", "colour", colour);
    }
    cmdline = g_key_file_get_string(ini, "system", "cmdline", NULL);
    renamed = cmdline ? rename_in(cmdline, like, name) : NULL;
    if (renamed) {
        g_key_file_set_string(ini, "system", "cmdline", renamed);
    }
    if (g_mkdir_with_parents(folder, 0700) != 0) {
        return handset_fail_errno(error, folder, "make this folder");
    }
    return g_key_file_save_to_file(ini, to, error);
}
