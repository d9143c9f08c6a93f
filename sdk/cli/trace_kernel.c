/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * ftrace.py runs in the persona as long as its input is open; a thread here takes what it prints.
 * Its clock is the virtual counter, and EL2's trace says how far that is behind the machine's
 * counter: so both are on one timeline, to the microsecond that the kernel prints.
 */
#include "trace_kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "guest.h"
#include "print.h"
#include "say.h"
#include "share.h"

enum {
    TEXT_MOST = 512 << 20,
    SILENCE_SECONDS = 3900, /* a recording of an hour, and the end of it on an emulated CPU */
};

struct trace_kernel {
    guest *guest;
    GThread *thread;
    int input; /* it records while this is open; -1: closed */
    GString *text;
    GMutex lock;
    GCond change;
    gboolean begun, ended; /* guarded by the lock; the text and the code are the thread's before */
    int code;
};

/* ---- Recording --------------------------------------------------------------------------------
 */

static gboolean take(gpointer data, enum adb_stream stream, const void *bytes, gsize length,
                     GError **error)
{
    struct trace_kernel *trace = data;

    if (stream == ADB_ERR) {
        return guest_pass_on(NULL, stream, bytes, length, error);
    }
    if (trace->text->len + length > TEXT_MOST) {
        g_set_error_literal(error, BOOTH_ERROR, BOOTH_ERROR_REFUSED,
                            "its kernel has too much to say: fewer --seconds");
        return FALSE;
    }
    g_string_append_len(trace->text, bytes, (gssize)length);
    g_mutex_lock(&trace->lock);
    trace->begun = trace->begun || memchr(bytes, '\n', length) != NULL;
    g_cond_signal(&trace->change);
    g_mutex_unlock(&trace->lock);
    return TRUE;
}

struct job {
    struct trace_kernel *trace;
    char *line;
    int input;
};

static gpointer run(gpointer data)
{
    struct job *job = data;
    struct trace_kernel *trace = job->trace;
    const struct adb_command command = {.line = job->line,
                                        .input = job->input,
                                        .silence = SILENCE_SECONDS,
                                        .output = take,
                                        .data = trace};
    int status = 0;
    int code = guest_run(trace->guest, &command, &status);

    close(job->input);
    g_free(job->line);
    g_free(job);
    g_mutex_lock(&trace->lock);
    trace->code = code == EXIT_DONE && status != 0 ? EXIT_REFUSED : code;
    trace->ended = TRUE;
    g_cond_signal(&trace->change);
    g_mutex_unlock(&trace->lock);
    return NULL;
}

/* Waits until it records. */
static int wait_for_begin(struct trace_kernel *trace)
{
    g_mutex_lock(&trace->lock);
    while (!trace->begun && !trace->ended) {
        g_cond_wait(&trace->change, &trace->lock);
    }
    gboolean records = !trace->ended;
    g_mutex_unlock(&trace->lock);
    return records ? EXIT_DONE : trace_kernel_stop(trace);
}

/* The line that runs the script; NULL after a line on stderr. */
static char *line_of_script(void)
{
    g_autofree char *path = share_path("ftrace.py");
    g_autoptr(GError) error = NULL;
    g_autofree char *script = NULL;

    if (path == NULL) {
        return NULL;
    }
    if (!g_file_get_contents(path, &script, NULL, &error)) {
        say("%s", error->message);
        return NULL;
    }
    g_autofree char *quoted = g_shell_quote(script);
    return g_strdup_printf("command -v python3 > /dev/null ||\n"
                           "  { echo 'booth: the persona has no python3' >&2; exit 1; }\n"
                           "exec python3 -IS -c %s\n",
                           quoted);
}

int trace_kernel_start(const struct cli *cli, const char *vm, struct trace_kernel **trace)
{
    g_autofree char *line = line_of_script();
    guest *guest = NULL;
    int ends[2];
    int code = line ? guest_open_settled(cli, vm, &guest) : EXIT_LOCAL;

    if (code != EXIT_DONE) {
        return code;
    }
    if (pipe2(ends, O_CLOEXEC) != 0) {
        say("cannot make a pipe: %s", g_strerror(errno));
        guest_free(guest);
        return EXIT_LOCAL;
    }
    *trace = g_new0(struct trace_kernel, 1);
    (*trace)->guest = guest;
    (*trace)->input = ends[1];
    (*trace)->text = g_string_new(NULL);
    g_mutex_init(&(*trace)->lock);
    g_cond_init(&(*trace)->change);
    struct job *job = g_new(struct job, 1);
    *job = (struct job){*trace, g_steal_pointer(&line), ends[0]};
    (*trace)->thread = g_thread_new("ftrace", run, job);
    return wait_for_begin(*trace);
}

int trace_kernel_stop(struct trace_kernel *trace)
{
    if (trace->input >= 0) {
        close(trace->input);
        trace->input = -1;
    }
    if (trace->thread != NULL) {
        g_thread_join(g_steal_pointer(&trace->thread));
    }
    if (trace->code == EXIT_DONE && !trace->begun) {
        say("%s: its recorder has ended without a word", trace->guest->vm);
        trace->code = EXIT_REFUSED;
    }
    return trace->code;
}

const char *trace_kernel_vm(const struct trace_kernel *trace)
{
    return trace->guest->vm;
}

void trace_kernel_free(struct trace_kernel *trace)
{
    if (trace == NULL) {
        return;
    }
    trace_kernel_stop(trace);
    g_string_free(trace->text, TRUE);
    g_mutex_clear(&trace->lock);
    g_cond_clear(&trace->change);
    guest_free(trace->guest);
    g_free(trace);
}

/* ---- One file of both -------------------------------------------------------------------------
 */

static const char events_begin[] = "\"traceEvents\":[", events_end[] = "\n]}\n";

/* The members of the file before its events. NULL: that is no such file. */
static JsonObject *read_head(const char *text, gsize length)
{
    const char *events = g_strstr_len(text, (gssize)MIN(length, 1 << 16), events_begin);
    g_autoptr(JsonParser) parser = json_parser_new();

    if (events == NULL || length < strlen(events_end) ||
        memcmp(text + length - strlen(events_end), events_end, strlen(events_end)) != 0) {
        return NULL;
    }
    g_autofree char *head =
        g_strdup_printf("%.*s]}", (int)(events + strlen(events_begin) - text), text);
    if (!json_parser_load_from_data(parser, head, -1, NULL)) {
        return NULL;
    }
    JsonObject *root = json_node_get_object(json_parser_get_root(parser));
    return json_object_has_member(root, "otherData")
               ? json_object_ref(json_object_get_object_member(root, "otherData"))
               : NULL;
}

/* EL2's timeline begins at counter_start, and the persona's counter is `offset` behind. */
static gboolean find_place(const struct trace_kernel *trace, JsonObject *head,
                           struct ftrace_place *place)
{
    JsonObject *clocks = json_object_has_member(head, "clocks")
                             ? json_object_get_object_member(head, "clocks")
                             : NULL;
    JsonObject *clock = clocks && json_object_has_member(clocks, trace->guest->vm)
                            ? json_object_get_object_member(clocks, trace->guest->vm)
                            : NULL;
    gint64 hz = json_object_get_int_member_with_default(head, "counter_hz", 0);
    gint64 counter, ns;

    if (clock == NULL || hz <= 0 ||
        sscanf(trace->text->str, "clock %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &counter, &ns) !=
            2) {
        return FALSE;
    }
    gint64 ticks = counter + json_object_get_int_member_with_default(clock, "offset", 0) -
                   json_object_get_int_member_with_default(head, "counter_start", 0);
    *place = (struct ftrace_place){
        .vm = trace->guest->vm,
        .process = (unsigned)json_object_get_int_member_with_default(clock, "pid", 0),
        .origin_us = (double)ticks * 1e6 / (double)hz,
        .origin_ns = ns,
    };
    return TRUE;
}

static int refuse(const struct trace_kernel *trace, const char *path, const char *why)
{
    say("%s has EL2's records only, not those of the kernel of %s: %s", path, trace->guest->vm,
        why);
    return EXIT_REFUSED;
}

/* The file anew, with the events at its end. */
static int write_both(const char *path, GMappedFile *file, const GString *events)
{
    g_autofree char *new = g_strdup_printf("%s.new", path);
    gsize length = g_mapped_file_get_length(file) - strlen(events_end);
    FILE *out = fopen(new, "wxe");

    if (out == NULL) {
        say("%s: %s", new, g_strerror(errno));
        return EXIT_LOCAL;
    }
    gboolean done = fwrite(g_mapped_file_get_contents(file), 1, length, out) == length &&
                    fwrite(events->str, 1, events->len, out) == events->len &&
                    fputs(events_end, out) >= 0;
    done = fclose(out) == 0 && done && rename(new, path) == 0;
    if (!done) {
        say("%s: %s", new, g_strerror(errno));
        unlink(new);
    }
    return done ? EXIT_DONE : EXIT_LOCAL;
}

int trace_kernel_add(const struct trace_kernel *trace, const char *path,
                     struct ftrace_result *result)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, &error);
    struct ftrace_place place;

    if (file == NULL) {
        return cli_fail(error);
    }
    g_autoptr(JsonObject) head =
        read_head(g_mapped_file_get_contents(file), g_mapped_file_get_length(file));
    if (head == NULL) {
        return refuse(trace, path, "the phone's file is not what it should be");
    }
    if (!find_place(trace, head, &place)) {
        return refuse(trace, path, "its clock is not known, for it did not run meanwhile");
    }
    g_autoptr(GString) events = g_string_new(NULL);
    *result = ftrace_events(trace->text->str, &place, events);
    return write_both(path, file, events);
}
