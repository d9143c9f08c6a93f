/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth bugreport: all that helps to find out what is wrong, as one archive without secrets. */
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "../report/report.h"
#include "choose.h"
#include "command.h"
#include "emulator.h"
#include "output.h"
#include "print.h"
#include "version.h"

#define README                                                                                     \
    "A report of Phonebooth, made by 'booth bugreport'. Passwords, tokens, keys, PINs and the\n"   \
    "name of the home folder were taken out as far as they can be recognised. Pictures and logs\n" \
    "show what was on the phone: look through them before you give this away.\n"                   \
    "missing.txt says what could not be had.\n"

struct part {
    const char *file;
    guint seconds;
    const char *words[6];
};

static const struct part always[] = {
    {"doctor.json", 60, {"--json", "doctor", NULL}},
    {"handsets.json", 30, {"--json", "handset", "list", NULL}},
};

static const struct part of_phone[] = {
    {"snapshots.json", 30, {"--json", "snapshot", "list", NULL}},
    {"net.json", 10, {"--json", "net", NULL}},
    {"stats.json", 15, {"--json", "stats", NULL}},
    {"audio.json", 10, {"--json", "audio", NULL}},
    {"battery.json", 10, {"--json", "battery", NULL}},
    {"sensor.json", 10, {"--json", "sensor", NULL}},
    {"camera.json", 10, {"--json", "camera", NULL}},
};

static void ask_all(struct report *report, const struct part *parts, gsize count)
{
    for (gsize i = 0; i < count; i++) {
        g_free(report_ask(report, parts[i].file, parts[i].seconds, parts[i].words));
    }
}

static void add_versions(struct report *report)
{
    struct utsname host = {0};
    g_autofree char *emulator = emulator_find(), *release = NULL, *text = NULL;

    uname(&host);
    g_file_get_contents("/etc/os-release", &release, NULL, NULL);
    text = g_strdup_printf("booth " BOOTH_VERSION "\nemulator %s\nhost %s %s %s, %u CPUs\n%s",
                           emulator ? emulator : "none", host.sysname, host.release, host.machine,
                           g_get_num_processors(), release ? release : "");
    report_text(report, "README.txt", README, strlen(README));
    report_text(report, "versions.txt", text, strlen(text));
}

static void add_configuration(struct report *report, const struct cli *cli, JsonObject *status)
{
    g_autofree char *settings = settings_path(), *description = NULL;
    const char *folder = status ? print_text_of(status, "handset", NULL) : NULL;
    g_autoptr(handset_place) place = folder ? NULL : choose_handset(cli, NULL, NULL);

    report_file(report, "settings.ini", settings);
    folder = place ? place->dir : folder;
    if (folder) {
        description = g_build_filename(folder, "handset.ini", NULL);
        report_file(report, "handset.ini", description);
    }
}

static void add_logs(struct report *report, const struct cli *cli, JsonObject *status)
{
    const char *name = cli_name(cli);
    g_autofree char *usual =
        g_build_filename(g_get_user_state_dir(), "phonebooth", name ? name : "default", NULL);
    const char *folder = status ? print_text_of(status, "logs", usual) : usual;
    g_autofree char *previous = g_build_filename(folder, "previous", NULL);

    report_logs(report, "log-", folder);
    report_logs(report, "log-previous-", previous);
}

/* What it says, shows and has in its journal. */
static void add_persona(struct report *report, const char *name, gboolean pictures)
{
    g_autofree char *journal = g_strdup_printf("journal-%s.txt", name);
    g_autofree char *picture = g_strdup_printf("picture-%s.png", name);
    g_autofree char *path = report_path(report, picture);
    const char *const logs[] = {"logs", "-n", "3000", name, NULL};
    const char *const shot[] = {"shot", "--vm", name, path, NULL};

    g_free(report_ask(report, journal, 45, logs));
    if (pictures) {
        g_free(report_ask(report, picture, 15, shot));
    }
}

static void add_vms(struct report *report, JsonObject *status, gboolean pictures)
{
    JsonArray *vms =
        json_object_has_member(status, "vms") ? json_object_get_array_member(status, "vms") : NULL;

    for (guint i = 0; vms && i < json_array_get_length(vms); i++) {
        JsonObject *vm = json_array_get_object_element(vms, i);
        if (strcmp(print_text_of(vm, "kind", ""), "persona") == 0 &&
            strcmp(print_text_of(vm, "state", ""), "running") == 0) {
            add_persona(report, print_text_of(vm, "name", ""), pictures);
        }
    }
}

static void add_phone(struct report *report, JsonObject *status, gboolean pictures)
{
    g_autofree char *screen = report_path(report, "screen.png");
    g_autofree char *trace = report_path(report, "trace.json");

    ask_all(report, of_phone, G_N_ELEMENTS(of_phone));
    if (pictures) {
        g_free(report_ask(report, "screen.png", 15, (const char *const[]){"shot", screen, NULL}));
    }
    add_vms(report, status, pictures);
    g_free(report_ask(report, "trace.json", 30,
                      (const char *const[]){"trace", "--seconds", "1", trace, NULL}));
}

/* Of a phone that does not run: those of its snapshots. */
static void add_old_pictures(struct report *report, const struct cli *cli)
{
    g_autoptr(handset_place) place = choose_handset(cli, NULL, NULL);
    const char *const list[] = {
        "--json", "snapshot", "list", place ? "--handset" : NULL, place ? place->dir : NULL, NULL};
    g_autofree char *text = report_ask(report, "snapshots.json", 30, list);
    g_autoptr(JsonNode) node = text ? json_from_string(text, NULL) : NULL;
    JsonObject *reply = node && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
    JsonArray *all = reply && json_object_has_member(reply, "snapshots")
                         ? json_object_get_array_member(reply, "snapshots")
                         : NULL;

    for (guint i = 0; all && i < json_array_get_length(all); i++) {
        JsonObject *snapshot = json_array_get_object_element(all, i);
        const char *screen = print_text_of(snapshot, "screen", NULL);
        g_autofree char *file =
            g_strdup_printf("picture-of-snapshot-%s.png", print_text_of(snapshot, "name", "-"));
        if (screen) {
            report_picture(report, file, screen);
        }
    }
}

static JsonNode *status_of(struct report *report)
{
    g_autofree char *text =
        report_ask(report, "status.json", 10, (const char *const[]){"--json", "status", NULL});
    JsonNode *node = text ? json_from_string(text, NULL) : NULL;

    if (node && !JSON_NODE_HOLDS_OBJECT(node)) {
        g_clear_pointer(&node, json_node_unref);
    }
    return node;
}

static void fill(struct report *report, const struct cli *cli, gboolean pictures)
{
    g_autoptr(JsonNode) node = status_of(report);
    JsonObject *status = node ? json_node_get_object(node) : NULL;

    add_versions(report);
    ask_all(report, always, G_N_ELEMENTS(always));
    add_configuration(report, cli, status);
    add_logs(report, cli, status);
    if (status) {
        add_phone(report, status, pictures);
    } else if (pictures) {
        add_old_pictures(report, cli);
    }
}

/* In the current folder, named by the time. */
static char *usual_file(void)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    g_autofree char *name = g_date_time_format(now, "phonebooth-report-%Y%m%d-%H%M%S.tar.gz");

    return g_canonicalize_filename(name, NULL);
}

int cli_bugreport(const struct cli *cli, const struct command *command G_GNUC_UNUSED,
                  const struct parsed *parsed)
{
    const gboolean pictures = !json_object_has_member(parsed->own, "no-pictures");
    const char *named = print_text_of(parsed->own, "file", NULL);
    g_autofree char *path = named ? g_strdup(named) : usual_file();
    g_autoptr(JsonObject) result = print_new_result();
    g_autoptr(GError) error = NULL;
    struct report report;
    gboolean done;

    done = report_begin(&report, cli_name(cli), cli->control, &error);
    if (done) {
        fill(&report, cli, pictures);
        done = report_write(&report, path, &error);
    }
    report_clear(&report);
    if (!done) {
        return cli_fail(error);
    }
    json_object_set_string_member(result, "file", path);
    if (cli->json) {
        print_json(result);
    } else {
        output_printf("%s\n", path);
    }
    return EXIT_DONE;
}
