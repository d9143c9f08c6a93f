/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth trace */
#include <signal.h>
#include <string.h>
#include <time.h>

#include "command.h"
#include "output.h"
#include "print.h"
#include "trace_kernel.h"

enum { DEFAULT_SECONDS = 5 };

static void on_signal(int number)
{
    (void)number; /* ends the sleep, that is all */
}

/* Sleeps, or less if the user presses Ctrl-C. */
static void sleep_seconds(int seconds)
{
    const struct sigaction action = {.sa_handler = on_signal};
    const struct timespec time = {.tv_sec = seconds};

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    nanosleep(&time, NULL);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
}

static JsonObject *request_for(const char *action)
{
    JsonObject *request = cli_request("trace");

    json_object_set_string_member(request, "action", action);
    return request;
}

static int start(const struct cli *cli, gboolean print)
{
    g_autoptr(JsonObject) reply = NULL;
    g_autoptr(JsonObject) request = request_for("start");
    int code = cli_call(cli, request, &reply);

    if (code == EXIT_DONE && print && cli->json) {
        print_json(reply);
    }
    return code;
}

/* What the phone has recorded until now goes to the file, NULL: nowhere. */
static int end(const struct cli *cli, const char *file, JsonObject **reply)
{
    g_autoptr(JsonObject) request = request_for("stop");

    if (file != NULL) {
        json_object_set_string_member(request, "file", file);
    }
    return cli_call(cli, request, reply);
}

/* `kernel`: NULL: none was to be recorded. */
static void print_trace(const struct cli *cli, JsonObject *reply, const char *path, const char *vm,
                        const struct ftrace_result *kernel)
{
    gint64 lost = json_object_get_int_member_with_default(reply, "lost", 0);

    if (cli->json) {
        if (kernel != NULL) {
            json_object_set_int_member(reply, "kernel_events", kernel->events);
            json_object_set_int_member(reply, "kernel_lost", (gint64)kernel->lost);
        }
        print_json(reply);
        return;
    }
    output_printf("%" G_GINT64_FORMAT " records of %.1f s",
                  json_object_get_int_member_with_default(reply, "records", 0),
                  json_object_get_double_member_with_default(reply, "seconds", 0));
    if (lost) {
        output_printf(", %" G_GINT64_FORMAT " lost", lost);
    }
    if (kernel != NULL) {
        output_printf(", %u of the kernel of %s", kernel->events, vm);
    }
    if (kernel != NULL && kernel->lost) {
        output_printf(", %" G_GUINT64_FORMAT " lost", kernel->lost);
    }
    output_printf("%s%s\n", path ? " in " : "", path ? path : "");
}

static int stop(const struct cli *cli, const char *file)
{
    g_autoptr(JsonObject) reply = NULL;
    g_autofree char *path = file ? g_canonicalize_filename(file, NULL) : NULL;
    int code = end(cli, path, &reply);

    if (code == EXIT_DONE) {
        print_trace(cli, reply, path, NULL, NULL);
    }
    return code;
}

static int record(const struct cli *cli, const char *file, int seconds)
{
    int code = start(cli, FALSE);

    if (code != EXIT_DONE) {
        return code;
    }
    sleep_seconds(seconds);
    return stop(cli, file);
}

/* The persona's kernel begins before EL2 and ends after it: all that EL2 has has its other side. */
static int record_both(const struct cli *cli, const char *vm, const char *file, int seconds)
{
    g_autoptr(trace_kernel) kernel = NULL;
    g_autoptr(JsonObject) reply = NULL;
    g_autofree char *path = g_canonicalize_filename(file, NULL);
    struct ftrace_result result = {0};
    int code = trace_kernel_start(cli, vm, &kernel);

    if (code == EXIT_DONE) {
        code = start(cli, FALSE);
    }
    if (code != EXIT_DONE) {
        return code;
    }
    sleep_seconds(seconds);
    code = end(cli, path, &reply);
    int kernel_code = trace_kernel_stop(kernel);
    if (code != EXIT_DONE || kernel_code != EXIT_DONE) {
        return code != EXIT_DONE ? code : kernel_code;
    }
    code = trace_kernel_add(kernel, path, &result);
    if (code == EXIT_DONE) {
        print_trace(cli, reply, path, trace_kernel_vm(kernel), &result);
    }
    return code;
}

int cli_trace(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const char *what = print_text_of(parsed->own, "what", "");
    const char *file = print_text_of(parsed->own, "file", NULL);
    const char *vm = print_text_of(parsed->own, "vm", NULL);
    int seconds =
        (int)json_object_get_int_member_with_default(parsed->own, "seconds", DEFAULT_SECONDS);
    gboolean kernel = json_object_has_member(parsed->own, "kernel");
    gboolean ends = strcmp(what, "stop") == 0, starts = strcmp(what, "start") == 0;

    if ((kernel && (ends || starts)) || (vm != NULL && !kernel)) {
        return cli_usage(command->name, kernel ? "--kernel is for a file: booth trace --kernel FILE"
                                               : "--vm says whose kernel: it goes with --kernel");
    }
    if (ends) {
        return stop(cli, file);
    }
    if (file != NULL) {
        return cli_usage(command->name, "one argument too many: '%s'", file);
    }
    if (starts) {
        return start(cli, TRUE);
    }
    return kernel ? record_both(cli, vm, what, seconds) : record(cli, what, seconds);
}
