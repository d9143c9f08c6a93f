/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "handset_print.h"

#include <string.h>

#include <glib/gstdio.h>

#include "../handset/describe.h"
#include "../handset/facts.h"
#include "../handset/files.h"
#include "../handset/present.h"
#include "../pack/kept_image.h"
#include "output.h"
#include "print.h"

static const char *const kinds[] = {
    [PLACE_USER] = "user", [PLACE_BUILD] = "build", [PLACE_INSTALLED] = "installed"};

static JsonObject *describe_persona(const handset_facts *facts, const struct facts_vm *vm)
{
    g_autofree char *data = facts_data(facts, vm);
    g_autofree char *image = data ? pack_image_of_data(data) : NULL;
    JsonObject *object = json_object_new();
    GStatBuf info;

    json_object_set_string_member(object, "name", vm->name);
    json_object_set_string_member(object, "display",
                                  vm->display_name ? vm->display_name : vm->name);
    json_object_set_string_member(object, "colour", vm->colour ? vm->colour : "");
    if (data && g_stat(data, &info) == 0) {
        json_object_set_string_member(object, "data", data);
        json_object_set_int_member(object, "data_mib", (gint64)info.st_size >> 20);
    }
    if (image) {
        json_object_set_string_member(object, "image", image);
    }
    return object;
}

static JsonArray *personas_of(const handset_facts *facts)
{
    JsonArray *array = json_array_new();

    for (guint i = 0; i < facts->vms->len; i++) {
        const struct facts_vm *vm = facts->vms->pdata[i];
        if (facts_is_persona(vm)) {
            json_array_add_object_element(array, describe_persona(facts, vm));
        }
    }
    return array;
}

static JsonArray *texts(char *const *list)
{
    JsonArray *array = json_array_new();

    for (; list && *list; list++) {
        json_array_add_string_element(array, *list);
    }
    return array;
}

/* Names of the folders in images/: UUIDs. */
static char **images_of(const char *dir)
{
    g_autofree char *path = g_build_filename(dir, "images", NULL);
    g_autoptr(GDir) entries = g_dir_open(path, 0, NULL);
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    const char *name;

    while (entries && (name = g_dir_read_name(entries))) {
        g_strv_builder_add(names, name);
    }
    return g_strv_builder_end(names);
}

/* A phone runs from it, or somebody changes it. */
static gboolean is_held(const char *dir)
{
    int fd = files_hold(dir, TRUE, NULL);

    files_release(fd);
    return fd < 0;
}

static JsonObject *describe(const handset_place *place, const handset_facts *facts)
{
    JsonObject *object = json_object_new();
    g_auto(GStrv) images = images_of(place->dir), snapshots = present_snapshots(place->dir);

    if (place->name) {
        json_object_set_string_member(object, "name", place->name);
    }
    json_object_set_string_member(object, "kind", kinds[place->kind]);
    json_object_set_string_member(object, "folder", place->dir);
    json_object_set_boolean_member(object, "in_use", is_held(place->dir));
    json_object_set_boolean_member(object, "description", describe_has(place->dir));
    json_object_set_int_member(object, "memory_mib", (gint64)facts->memory);
    json_object_set_int_member(object, "disk_mib", (gint64)(files_size(place->dir) >> 20));
    json_object_set_array_member(object, "personas", personas_of(facts));
    json_object_set_array_member(object, "images", texts(images));
    json_object_set_array_member(object, "snapshots", texts(snapshots));
    return object;
}

static void print_persona(JsonObject *persona)
{
    output_printf("  %-15s %-18s %s  %5d MiB  %s\n", print_text_of(persona, "name", ""),
                  print_text_of(persona, "display", ""), print_text_of(persona, "colour", ""),
                  (int)json_object_get_int_member_with_default(persona, "data_mib", 0),
                  print_text_of(persona, "image", "-"));
}

static void print_texts(const char *what, JsonObject *object, const char *member)
{
    JsonArray *array = json_object_get_array_member(object, member);

    output_printf("%-9s", what);
    for (guint i = 0; i < json_array_get_length(array); i++) {
        output_printf(" %s", json_array_get_string_element(array, i));
    }
    output_text("\n");
}

gboolean handset_print(const handset_place *place, gboolean json, GError **error)
{
    g_autoptr(handset_facts) facts = facts_read(place->dir, error);
    g_autoptr(JsonObject) object = facts ? describe(place, facts) : NULL;

    if (object == NULL) {
        return FALSE;
    }
    if (json) {
        print_json(object);
        return TRUE;
    }
    output_printf("%s (%s): %s\n", place->name ? place->name : facts->name, kinds[place->kind],
                  place->dir);
    output_printf("memory    %d MiB; on the disk %d MiB of its own; %s\n", (int)facts->memory,
                  (int)json_object_get_int_member(object, "disk_mib"),
                  json_object_get_boolean_member(object, "in_use") ? "in use" : "not in use");
    print_texts("images", object, "images");
    print_texts("snapshots", object, "snapshots");
    output_text("personas: name, name for people, colour, data disk, image that it belongs to\n");
    print_each(object, "personas", print_persona);
    return TRUE;
}

gboolean handset_print_personas(const handset_place *place, gboolean json, GError **error)
{
    g_autoptr(handset_facts) facts = facts_read(place->dir, error);
    g_autoptr(JsonObject) object = json_object_new();

    if (facts == NULL) {
        return FALSE;
    }
    json_object_set_array_member(object, "personas", personas_of(facts));
    if (json) {
        print_json(object);
    } else {
        print_each(object, "personas", print_persona);
    }
    return TRUE;
}

static JsonObject *summary(const handset_place *place, const char *chosen)
{
    g_autoptr(handset_facts) facts = facts_read(place->dir, NULL);
    JsonObject *object = json_object_new();
    JsonArray *personas = json_array_new();

    for (guint i = 0; facts && i < facts->vms->len; i++) {
        const struct facts_vm *vm = facts->vms->pdata[i];
        if (facts_is_persona(vm)) {
            json_array_add_string_element(personas, vm->name);
        }
    }
    json_object_set_string_member(object, "name", place->name);
    json_object_set_string_member(object, "kind", kinds[place->kind]);
    json_object_set_string_member(object, "folder", place->dir);
    json_object_set_boolean_member(object, "default", g_strcmp0(place->dir, chosen) == 0);
    json_object_set_boolean_member(object, "in_use", is_held(place->dir));
    json_object_set_array_member(object, "personas", personas);
    return object;
}

static void print_summary(JsonObject *handset)
{
    output_printf("%c %-15s %-10s%s %s\n",
                  json_object_get_boolean_member(handset, "default") ? '*' : ' ',
                  print_text_of(handset, "name", ""), print_text_of(handset, "kind", ""),
                  json_object_get_boolean_member(handset, "in_use") ? " in use    " : "           ",
                  print_text_of(handset, "folder", ""));
}

void handset_print_list(const GPtrArray *places, const char *chosen, gboolean json)
{
    g_autoptr(JsonObject) object = json_object_new();
    JsonArray *array = json_array_new();

    for (guint i = 0; i < places->len; i++) {
        json_array_add_object_element(array, summary(places->pdata[i], chosen));
    }
    json_object_set_array_member(object, "handsets", array);
    if (json) {
        print_json(object);
    } else {
        print_each(object, "handsets", print_summary);
    }
}

void handset_print_made(const char *name, const char *dir, gboolean json)
{
    g_autoptr(JsonObject) object = json_object_new();

    json_object_set_string_member(object, "name", name);
    json_object_set_string_member(object, "folder", dir);
    if (json) {
        print_json(object);
    } else {
        print_template("{name}: {folder}; 'booth run {name}' starts a phone of it", object);
    }
}

void handset_print_findings(const handset_place *place, const GPtrArray *findings, gboolean json)
{
    g_autoptr(JsonObject) object = json_object_new();
    JsonArray *array = json_array_new();

    for (guint i = 0; i < findings->len; i++) {
        json_array_add_string_element(array, findings->pdata[i]);
        if (!json) {
            output_printf("%s\n", (const char *)findings->pdata[i]);
        }
    }
    json_object_set_string_member(object, "folder", place->dir);
    json_object_set_array_member(object, "findings", array);
    if (json) {
        print_json(object);
    } else if (findings->len == 0) {
        output_printf("%s: nothing is wrong\n", place->dir);
    }
}
