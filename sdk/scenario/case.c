/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "case.h"

#include <string.h>

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "phone.h"
#include "scenario.h"
#include "steps.h"

enum { COLLECT_SECONDS = 30, SAVE_SECONDS = 900 };

void scenario_case_free(struct scenario_case *scenario)
{
    g_free(scenario->file);
    g_free(scenario->name);
    g_free(scenario->results);
    g_free(scenario->why);
    g_free(scenario->hash);
    g_free(scenario);
}

/* The files that a case leaves behind, and their folder if nothing else is in it. */
static void remove_results(const char *folder)
{
    static const char *const suffixes[] = {".png", ".log", ".json", ".webm", ".part", ".snapshot"};
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++) {
            if (g_str_has_suffix(name, suffixes[i])) {
                g_unlink(path);
            }
        }
    }
    g_rmdir(folder);
}

static void keep_log(struct phone *phone, const char *vm, const char *results)
{
    g_autofree char *file = g_strconcat(vm, ".log", NULL);
    g_autofree char *path = g_build_filename(results, file, NULL);

    if (phone_do(phone, "console", "--all", vm, NULL) == 0) {
        g_file_set_contents(path, phone->output, -1, NULL);
    }
}

static void keep_journal(struct phone *phone, const char *vm, const char *results)
{
    g_autofree char *file = g_strdup_printf("%s-journal.log", vm);
    g_autofree char *path = g_build_filename(results, file, NULL);

    if (phone_do(phone, "logs", "-n", "1000", vm, NULL) == 0) {
        g_file_set_contents(path, phone->output, -1, NULL);
    }
}

/* The phone as it is, in one file. */
static void keep_phone(struct phone *phone, const char *results)
{
    g_autofree char *file = g_build_filename(results, SCENARIO_SNAPSHOT, NULL);

    phone->timeout = SAVE_SECONDS;
    if (phone_do(phone, "snapshot", "save", "failed", NULL) == 0) {
        phone_do(phone, "snapshot", "export", "failed", file, NULL);
    }
}

/* Picture, state, and the log of each VM, as far as the phone still answers. */
static void collect(struct phone *phone, const char *results)
{
    g_autofree char *picture = g_build_filename(results, "screen.png", NULL);
    g_autofree char *state = g_build_filename(results, "status.json", NULL);
    g_autoptr(JsonNode) node = NULL;
    JsonArray *vms;

    g_autofree char *messages = g_build_filename(results, "emulator.log", NULL);

    phone->timeout = COLLECT_SECONDS;
    phone_keep_messages(phone, messages);
    phone_do(phone, "record", "stop", NULL);
    phone_do(phone, "shot", picture, NULL);
    if (phone_do(phone, "status", "--json", NULL) != 0) {
        return;
    }
    g_file_set_contents(state, phone->output, -1, NULL);
    node = json_from_string(phone->output, NULL);
    vms = node && JSON_NODE_HOLDS_OBJECT(node) &&
                  json_object_has_member(json_node_get_object(node), "vms")
              ? json_object_get_array_member(json_node_get_object(node), "vms")
              : NULL;
    for (guint i = 0; vms && i < json_array_get_length(vms); i++) {
        JsonObject *vm = json_array_get_object_element(vms, i);
        const char *name = json_object_get_string_member_with_default(vm, "name", "vm");
        keep_log(phone, name, results);
        if (json_object_get_boolean_member_with_default(vm, "ready", FALSE)) {
            keep_journal(phone, name, results);
        }
    }
    keep_log(phone, "el2", results);
    if (phone->keeps) {
        keep_phone(phone, results);
    }
}

/* A scenario that records has its own film. */
static gboolean records(const GPtrArray *steps)
{
    for (guint i = 0; i < steps->len; i++) {
        const struct scenario_step *step = steps->pdata[i];
        if (strcmp(step->words[0], "record") == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Of the whole case; what it costs is small, and without an encoder there is none. */
static void begin_video(struct phone *phone, const char *results)
{
    g_autofree char *video = g_build_filename(results, "video.webm", NULL);

    phone_do(phone, "record", "--fps", "10", "--max-size", "100", "start", video, NULL);
}

/* Why the case fails; NULL: it does not. Free with g_free(). */
static char *do_steps(struct phone *phone, const GPtrArray *steps, const char *results,
                      gboolean video)
{
    for (guint i = 0; i < steps->len; i++) {
        const struct scenario_step *step = steps->pdata[i];
        if (i == 1 && video && !records(steps)) {
            begin_video(phone, results);
        }
        g_autofree char *why = steps_do(phone, step, results);
        if (why) {
            return g_strdup_printf("%s:%u: %s: %s", step->file, step->line, step->text, why);
        }
    }
    return NULL;
}

static void run_once(struct scenario_case *scenario)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) steps = scenario_read(scenario->file, &error);
    struct phone phone;

    g_clear_pointer(&scenario->why, g_free);
    g_clear_pointer(&scenario->hash, g_free);
    scenario->tries++;
    remove_results(scenario->results);
    if (steps == NULL) {
        scenario->why = g_strdup(error->message);
        return;
    }
    if (g_mkdir_with_parents(scenario->results, 0777) != 0) {
        scenario->why = g_strdup_printf("%s: cannot make this folder", scenario->results);
        return;
    }
    phone_init(&phone, scenario->number, scenario->snapshot);
    phone.stands = scenario->stands;
    phone.seed = scenario->seed;
    scenario->why = do_steps(&phone, steps, scenario->results, scenario->video);
    scenario->hash = phone_trace_hash(&phone);
    if (scenario->why) {
        collect(&phone, scenario->results);
    }
    phone_end(&phone);
    phone_clear(&phone);
    if (!scenario->why) {
        remove_results(scenario->results);
    }
}

void scenario_case_run(struct scenario_case *scenario, guint again)
{
    gint64 begin = g_get_monotonic_time();

    do {
        run_once(scenario);
    } while (scenario->why && again-- > 0 && !phone_is_interrupted());
    scenario->seconds = (double)(g_get_monotonic_time() - begin) / G_USEC_PER_SEC;
}
