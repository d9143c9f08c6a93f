/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "places.h"

#include <string.h>

#include "error.h"

#define NAME_MAX_BYTES 32
#define PREFIX         "handset"

void place_free(handset_place *place)
{
    if (place != NULL) {
        g_free(place->name);
        g_free(place->dir);
        g_free(place);
    }
}

gboolean places_is_name(const char *name)
{
    gsize length = strlen(name);

    return length > 0 && length <= NAME_MAX_BYTES && g_ascii_isalnum(name[0]) &&
           strspn(name, G_CSET_a_2_z G_CSET_DIGITS "-_.") == length;
}

static char *program_folder(void)
{
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);

    return self ? g_path_get_dirname(self) : g_strdup(".");
}

static char *installed_root(void)
{
    g_autofree char *folder = program_folder();
    g_autofree char *path = g_build_filename(folder, "..", "lib", "phonebooth", NULL);

    return g_canonicalize_filename(path, NULL);
}

gboolean places_is_installed(void)
{
    g_autofree char *root = installed_root();

    return g_file_test(root, G_FILE_TEST_IS_DIR);
}

char *places_own(const char *name)
{
    g_autofree char *folder = program_folder();
    g_autofree char *root =
        places_is_installed() ? installed_root() : g_build_filename(folder, "..", NULL);
    g_autofree char *path = g_build_filename(root, name, NULL);

    return g_canonicalize_filename(path, NULL);
}

char *places_user_root(void)
{
    return g_build_filename(g_get_user_data_dir(), "phonebooth", "handsets", NULL);
}

char *places_user_dir(const char *name)
{
    g_autofree char *root = places_user_root();

    return g_build_filename(root, name, NULL);
}

static gboolean is_handset(const char *dir)
{
    g_autofree char *file = g_build_filename(dir, PLACES_DESCRIPTION, NULL);

    return g_file_test(file, G_FILE_TEST_EXISTS);
}

static handset_place *place_new(const char *name, const char *dir, enum place_kind kind)
{
    handset_place *place = g_new0(handset_place, 1);

    place->name = g_strdup(name);
    place->dir = g_canonicalize_filename(dir, NULL);
    place->kind = kind;
    return place;
}

/* "handset-small" is small, "handset" is PLACES_DEFAULT; NULL: the folder's name is of none. */
static const char *name_of_image(const char *folder)
{
    const char *rest = g_str_has_prefix(folder, PREFIX) ? folder + strlen(PREFIX) : NULL;

    if (rest == NULL || *rest == '\0') {
        return rest ? PLACES_DEFAULT : NULL;
    }
    return *rest == '-' && places_is_name(rest + 1) ? rest + 1 : NULL;
}

static handset_place *find_in(const GPtrArray *places, const char *name)
{
    for (guint i = 0; i < places->len; i++) {
        handset_place *place = places->pdata[i];
        if (strcmp(place->name, name) == 0) {
            return place;
        }
    }
    return NULL;
}

/* Adds the handsets in a folder that no other one has the name of. */
static void add_all(GPtrArray *places, const char *root, enum place_kind kind)
{
    g_autoptr(GDir) dir = g_dir_open(root, 0, NULL);
    const char *entry;

    while (dir && (entry = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(root, entry, NULL);
        const char *name = kind == PLACE_USER ? entry : name_of_image(entry);
        if (name && places_is_name(name) && is_handset(path) && !find_in(places, name)) {
            g_ptr_array_add(places, place_new(name, path, kind));
        }
    }
}

static gint compare(gconstpointer a, gconstpointer b)
{
    const handset_place *const *left = a, *const *right = b;

    return strcmp((*left)->name, (*right)->name);
}

/* In a build its own handsets come first: another copy's of the same name are not meant. */
GPtrArray *places_list(void)
{
    GPtrArray *places = g_ptr_array_new_with_free_func((GDestroyNotify)place_free);
    g_autofree char *images = places_own("images");
    g_autofree char *user = places_user_root();

    if (places_is_installed()) {
        add_all(places, user, PLACE_USER);
        add_all(places, images, PLACE_INSTALLED);
    } else {
        add_all(places, images, PLACE_BUILD);
        add_all(places, user, PLACE_USER);
    }
    g_ptr_array_sort(places, compare);
    return places;
}

static gboolean none(const char *what, GError **error)
{
    if (what != NULL) {
        return handset_fail(error, HANDSET_ERROR_WRONG,
                            "no handset '%s', and no folder of that name has a "
                            "handset; 'booth handset list' lists them",
                            what);
    }
    g_autofree char *images = places_own("images");
    return handset_fail(error, HANDSET_ERROR_WRONG, "no handset in %s; %s", images,
                        places_is_installed() ? "install Phonebooth again" : "run 'make images'");
}

GPtrArray *places_originals(void)
{
    GPtrArray *places = g_ptr_array_new_with_free_func((GDestroyNotify)place_free);
    g_autofree char *images = places_own("images");

    add_all(places, images, places_is_installed() ? PLACE_INSTALLED : PLACE_BUILD);
    return places;
}

handset_place *places_find(const char *what, GError **error)
{
    g_autoptr(GPtrArray) places = places_list();
    handset_place *found = find_in(places, what ? what : PLACES_DEFAULT);

    if (found != NULL) {
        return place_new(found->name, found->dir, found->kind);
    }
    if (what == NULL || !is_handset(what)) {
        none(what, error);
        return NULL;
    }
    g_autofree char *dir = g_canonicalize_filename(what, NULL);
    for (guint i = 0; i < places->len; i++) {
        handset_place *place = places->pdata[i];
        if (strcmp(place->dir, dir) == 0) {
            return place_new(place->name, place->dir, place->kind);
        }
    }
    return place_new(NULL, dir, PLACE_USER);
}
