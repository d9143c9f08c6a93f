/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth profile: where an app spends its time, as perf in the persona samples it. */
#include <string.h>

#include "../app/manifest.h"
#include "../profile/samples.h"
#include "command.h"
#include "guest.h"
#include "output.h"
#include "print.h"
#include "say.h"

enum { TEXT_MOST = 256 << 20, PATIENCE_SECONDS = 300 /* perf reads symbols on an emulated CPU */ };

/*
 * There are no counters in the handset's CPUs: perf samples by the clock. All processes of the
 * app's unit are looked at, and what they start. perf keeps no copies of the programs for later
 * (-B -N), which takes longer than all else on an emulated CPU.
 */
#define SAMPLE                                                                              \
    "unit=phonebooth-app@$id.service\n"                                                     \
    "[ -e /var/lib/phonebooth/apps/$id/app.ini ] ||\n"                                      \
    "  { echo \"booth: $id is not installed; 'booth apps' lists what is\" >&2; exit 1; }\n" \
    "command -v perf > /dev/null ||\n"                                                      \
    "  { echo \"booth: the persona has no perf: 'booth persona upgrade' brings the newest " \
    "image\" >&2; exit 1; }\n"                                                              \
    "systemctl -q is-active $unit ||\n"                                                     \
    "  { echo \"booth: $id does not run; 'booth launch $id' starts it\" >&2; exit 1; }\n"   \
    "group=/sys/fs/cgroup$(systemctl show -P ControlGroup $unit)\n"                         \
    "folder=$(mktemp -d -p /var/tmp) || exit 1\n"                                           \
    "trap 'rm -rf $folder' EXIT\n"                                                          \
    "export HOME=$folder\n"                                                                 \
    "perf record -B -N -q -e cpu-clock -F $rate -g -o $folder/data -p $(paste -sd, "        \
    "$group/cgroup.procs) "                                                                 \
    "-- sleep $seconds > $folder/said 2>&1 ||\n"                                            \
    "  { echo \"booth: perf: $(tail -n 1 $folder/said)\" >&2; exit 1; }\n"                  \
    "perf script --no-inline -i $folder/data -F comm,tid,time,ip,sym,dso 2> /dev/null\n"

static gboolean collect(gpointer data, enum adb_stream stream, const void *bytes, gsize length,
                        GError **error)
{
    GString *text = data;

    if (stream == ADB_ERR) {
        return guest_pass_on(NULL, stream, bytes, length, error);
    }
    if (text->len + length > TEXT_MOST) {
        g_set_error_literal(error, BOOTH_ERROR, BOOTH_ERROR_REFUSED,
                            "perf has too much to say: fewer --seconds, or a lower --rate");
        return FALSE;
    }
    g_string_append_len(text, bytes, (gssize)length);
    return TRUE;
}

static int sample(const struct cli *cli, const struct parsed *parsed, const char *id, int seconds,
                  GString *text)
{
    g_autoptr(guest) guest = NULL;
    gint64 rate = json_object_get_int_member_with_default(parsed->own, "rate", 99);
    g_autofree char *line =
        g_strdup_printf("id=%s seconds=%d rate=%d\n" SAMPLE, id, seconds, (int)rate);
    const struct adb_command run = {.line = line,
                                    .input = -1,
                                    .silence = (guint)seconds + PATIENCE_SECONDS,
                                    .output = collect,
                                    .data = text};
    int status;
    int code = guest_open_settled(cli, print_text_of(parsed->own, "vm", NULL), &guest);

    if (code == EXIT_DONE) {
        code = guest_run(guest, &run, &status);
    }
    return code == EXIT_DONE && status != 0 ? EXIT_REFUSED : code;
}

static int write_file(const struct cli *cli, const char *path, const char *id, int seconds,
                      const struct samples *samples)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *title =
        g_strdup_printf("%s: %u samples in %d s", id, samples->sample->len, seconds);
    g_autofree char *text = g_str_has_suffix(path, ".json") ? samples_timeline(samples)
                                                            : samples_flame_graph(samples, title);

    if (!g_file_set_contents(path, text, -1, &error)) {
        return cli_fail(error);
    }
    if (cli->json) {
        g_autoptr(JsonObject) result = print_new_result();
        g_autofree char *name = g_utf8_make_valid(path, -1);
        json_object_set_string_member(result, "file", name);
        json_object_set_int_member(result, "samples", samples->sample->len);
        print_json(result);
    } else {
        output_printf("%s: %u samples\n", path, samples->sample->len);
    }
    return EXIT_DONE;
}

int cli_profile(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const char *id = print_text_of(parsed->own, "id", "");
    int seconds = (int)json_object_get_int_member_with_default(parsed->own, "seconds", 5);
    g_autofree char *own = g_strconcat(id, ".svg", NULL);
    const char *path = print_text_of(parsed->own, "file", own);
    g_autoptr(GString) text = g_string_new(NULL);

    if (!manifest_is_id(id)) {
        return cli_usage(command->name, "'%s' is no app's ID, like org.example.Notes", id);
    }
    if (!g_str_has_suffix(path, ".svg") && !g_str_has_suffix(path, ".json")) {
        return cli_usage(command->name, "%s: the file's name has to end in .svg or .json", path);
    }
    int code = sample(cli, parsed, id, seconds, text);
    if (code != EXIT_DONE) {
        return code;
    }
    g_autoptr(samples) samples = samples_read(text->str);
    if (samples->sample->len == 0) {
        say("%s has done nothing in these %d s: there is no sample of it", id, seconds);
        return EXIT_REFUSED;
    }
    return write_file(cli, path, id, seconds, samples);
}
