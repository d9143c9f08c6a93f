/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth doctor */
#include <stdio.h>
#include <string.h>

#include "../doctor/findings.h"
#include "../handset/facts.h"
#include "../handset/lint.h"
#include "choose.h"
#include "command.h"
#include "emulator.h"
#include "output.h"
#include "print.h"
#include "version.h"

enum {
    DISK_MIB = 4096, /* for what a phone stores, and a snapshot */
    LOGS_MIB = 256,
};

#define MAKE_CLEAN                                                                         \
    "'make clean-snapshot' in a clone of the repository makes one; or boot it and 'booth " \
    "snapshot "                                                                            \
    "save'"

static const char *const levels[] = {
    [DOCTOR_OK] = "ok", [DOCTOR_NOTE] = "note", [DOCTOR_PROBLEM] = "problem"};

/* The emulator's own version line; NULL: it does not start. Free with g_free(). */
static char *emulator_version(const char *emulator)
{
    g_autoptr(GSubprocess) process =
        g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, NULL,
                         emulator, "--version", NULL);
    char *text = NULL;

    if (process == NULL || !g_subprocess_communicate_utf8(process, NULL, NULL, &text, NULL, NULL)) {
        return NULL;
    }
    g_strchomp(text);
    if (!g_subprocess_get_successful(process)) {
        g_clear_pointer(&text, g_free);
    }
    return text;
}

static void look_at_versions(GPtrArray *findings)
{
    g_autofree char *emulator = emulator_find();
    g_autofree char *version = emulator ? emulator_version(emulator) : NULL;

    if (version == NULL) {
        doctor_add(findings, "version", DOCTOR_PROBLEM, "run 'make', or install Phonebooth again",
                   "booth " BOOTH_VERSION ", and %s",
                   emulator ? "an emulator that does not start" : "no emulator");
        return;
    }
    gboolean same = g_str_has_suffix(version, " " BOOTH_VERSION);
    doctor_add(findings, "version", same ? DOCTOR_OK : DOCTOR_PROBLEM,
               same ? NULL : "let both be of one build: look at PATH",
               "booth " BOOTH_VERSION ", %s", version);
}

static void look_at_clean(GPtrArray *findings, const char *dir)
{
    g_autoptr(JsonObject) request = cli_request("snapshot");
    g_autoptr(GError) error = NULL;

    json_object_set_string_member(request, "action", "show");
    json_object_set_string_member(request, "name", "clean");
    g_autoptr(JsonObject) reply = emulator_answer(dir, request, &error);
    JsonArray *all = reply && json_object_has_member(reply, "snapshots")
                         ? json_object_get_array_member(reply, "snapshots")
                         : NULL;
    JsonObject *clean =
        all && json_array_get_length(all) ? json_array_get_object_element(all, 0) : NULL;
    if (clean == NULL) {
        doctor_add(findings, "clean", DOCTOR_NOTE, MAKE_CLEAN,
                   "no snapshot 'clean', the first start boots: %s",
                   error ? error->message : "there is none");
    } else if (!json_object_get_boolean_member_with_default(clean, "fits", FALSE)) {
        doctor_add(findings, "clean", DOCTOR_NOTE, MAKE_CLEAN,
                   "the snapshot 'clean' does not fit, the first start boots: %s",
                   print_text_of(clean, "why", "unknown"));
    } else {
        doctor_add(findings, "clean", DOCTOR_OK, NULL, "the snapshot 'clean' fits");
    }
}

static void look_at_handset(GPtrArray *findings, const handset_place *place)
{
    g_autoptr(GPtrArray) wrong = lint_handset(place->dir);

    for (guint i = 0; i < wrong->len; i++) { /* "what is wrong; what to do" */
        g_auto(GStrv) parts = g_strsplit(wrong->pdata[i], "; ", 2);
        doctor_add(findings, "handset", DOCTOR_PROBLEM, parts[1], "%s", parts[0]);
    }
    if (wrong->len == 0) {
        doctor_add(findings, "handset", DOCTOR_OK, NULL, "%s%s%s", place->name ? place->name : "",
                   place->name ? ", " : "", place->dir);
        look_at_clean(findings, place->dir);
    }
}

/* What depends on the handset: NULL and `error`: there is none. */
static void look_at_needs(GPtrArray *findings, const handset_place *place, const GError *error)
{
    g_autoptr(handset_facts) facts = place ? facts_read(place->dir, NULL) : NULL;
    const char *passing = g_getenv("TMPDIR");

    doctor_memory(findings, facts ? facts->memory : 0);
    if (place) {
        doctor_disk(findings, "handset", place->dir, DISK_MIB);
        look_at_handset(findings, place);
    } else {
        doctor_add(findings, "handset", DOCTOR_PROBLEM, "see 'booth handset list'", "%s",
                   error->message);
    }
    doctor_disk(findings, "logs", g_get_user_state_dir(), LOGS_MIB);
    doctor_disk(findings, "booth run --try", passing ? passing : "/var/tmp", DISK_MIB / 4);
}

static void look_at_settings(GPtrArray *findings, const GError *error)
{
    g_autofree char *path = settings_path();

    if (error) {
        doctor_add(findings, "settings", DOCTOR_PROBLEM, "correct the file, or remove it", "%s",
                   error->message);
    } else {
        doctor_add(findings, "settings", DOCTOR_OK, NULL, "%s%s", path,
                   g_file_test(path, G_FILE_TEST_EXISTS) ? "" : ", not there: none are set");
    }
}

static GPtrArray *examine(struct cli *cli, const char *handset, const char *setup)
{
    GPtrArray *findings = doctor_new();
    g_autoptr(GError) wrong = NULL, error = NULL;
    gboolean read = settings_read(&cli->settings, &wrong);
    g_autoptr(handset_place) place = choose_handset(cli, handset, &error);

    doctor_release(findings);
    doctor_packages(findings, setup);
    look_at_versions(findings);
    look_at_settings(findings, read ? NULL : wrong);
    look_at_needs(findings, place, error);
    doctor_screen(findings);
    doctor_sound(findings);
    doctor_clients(findings);
    doctor_sockets(findings);
    return findings;
}

static void print_finding(JsonObject *finding)
{
    const char *remedy = print_text_of(finding, "remedy", NULL);

    output_printf("%-8s %-9s %s%s%s\n", print_text_of(finding, "level", ""),
                  print_text_of(finding, "subject", ""), print_text_of(finding, "text", ""),
                  remedy ? "; " : "", remedy ? remedy : "");
}

static JsonObject *to_json(const struct doctor_finding *finding)
{
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "subject", finding->subject);
    json_object_set_string_member(object, "level", levels[finding->level]);
    json_object_set_string_member(object, "text", finding->text);
    if (finding->remedy) {
        json_object_set_string_member(object, "remedy", finding->remedy);
    }
    return object;
}

static void print(const GPtrArray *findings, gboolean json)
{
    g_autoptr(JsonObject) object = json_object_new();
    JsonArray *array = json_array_new();

    for (guint i = 0; i < findings->len; i++) {
        json_array_add_object_element(array, to_json(findings->pdata[i]));
    }
    json_object_set_boolean_member(object, "ready", !doctor_has_problem(findings));
    json_object_set_array_member(object, "findings", array);
    if (json) {
        print_json(object);
    } else {
        print_each(object, "findings", print_finding);
    }
}

int cli_doctor(const struct cli *cli, const struct command *command G_GNUC_UNUSED,
               const struct parsed *parsed)
{
    struct cli own = *cli;
    g_autoptr(GError) error = NULL;
    g_autofree char *setup = places_own("setup");

    if (json_object_get_boolean_member_with_default(parsed->own, "fix", FALSE) &&
        !doctor_install(setup, &error)) {
        return cli_fail(error);
    }
    g_autoptr(GPtrArray) findings =
        examine(&own, print_text_of(parsed->own, "handset", NULL), setup);
    settings_clear(&own.settings);
    print(findings, cli->json);
    return doctor_has_problem(findings) ? EXIT_REFUSED : EXIT_DONE;
}
