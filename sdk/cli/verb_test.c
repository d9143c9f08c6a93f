/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth test */
#include <signal.h>
#include <string.h>

#include "../scenario/case.h"
#include "../scenario/junit.h"
#include "../scenario/phone.h"
#include "../scenario/scenario.h"
#include "command.h"
#include "output.h"
#include "print.h"
#include "progress.h"
#include "record_scenario.h"
#include "say.h"

struct run {
    const char *path;    /* what is to be tested */
    guint jobs, again;   /* at a time; after a failure */
    guint shard, shards; /* the cases number shard, shard + shards, ... from 1 */
    gboolean video;      /* of cases that fail */
    gboolean snapshot;   /* the same */
    gboolean stands;     /* --deterministic */
    guint seed;          /* with it */
    gboolean json;
    guint done, count; /* cases */
    struct progress progress;
    GMutex lock; /* of the output and of what is done */
};

/* "2/3"; FALSE: it is none. */
static gboolean parse_shard(struct run *run, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, "/", 2);
    guint64 shard, shards;

    if (!parts[0] || !parts[1] ||
        !g_ascii_string_to_unsigned(parts[1], 10, 1, 1000, &shards, NULL) ||
        !g_ascii_string_to_unsigned(parts[0], 10, 1, shards, &shard, NULL)) {
        return FALSE;
    }
    run->shard = (guint)shard;
    run->shards = (guint)shards;
    return TRUE;
}

/* As it is called in reports: the path below `top`, without suffix. */
static char *name_of(const char *top, const char *file)
{
    gsize length = strlen(top);
    const char *below =
        g_str_has_prefix(file, top) && file[length] == '/' ? file + length + 1 : NULL;
    g_autofree char *base = g_path_get_basename(file);
    char *name = g_strdup(below ? below : base);

    if (g_str_has_suffix(name, SCENARIO_SUFFIX)) {
        name[strlen(name) - strlen(SCENARIO_SUFFIX)] = '\0';
    }
    return name;
}

static GPtrArray *make_cases(const struct run *run, char *const *files, const char *results)
{
    GPtrArray *cases = g_ptr_array_new_with_free_func((GDestroyNotify)scenario_case_free);

    for (guint i = 0; files[i]; i++) {
        struct scenario_case *scenario;
        g_autofree char *folder = NULL;
        if (i % run->shards != run->shard - 1) {
            continue;
        }
        scenario = g_new0(struct scenario_case, 1);
        scenario->file = g_strdup(files[i]);
        scenario->name = name_of(run->path, files[i]);
        scenario->number = i;
        scenario->video = run->video;
        scenario->snapshot = run->snapshot;
        scenario->stands = run->stands;
        scenario->seed = run->seed;
        folder = g_strdelimit(g_strdup(scenario->name), "/", '-');
        scenario->results = g_build_filename(results, folder, NULL);
        g_ptr_array_add(cases, scenario);
    }
    return cases;
}

/* How to go on where it failed. */
static void print_snapshot(const struct scenario_case *scenario)
{
    g_autofree char *path = g_build_filename(scenario->results, SCENARIO_SNAPSHOT, NULL);
    g_autofree char *file = g_shell_quote(path);

    if (g_file_test(path, G_FILE_TEST_EXISTS)) {
        output_printf(
            "    there: booth snapshot import failed %s && booth run --snapshot failed --try\n",
            file);
    }
}

static void print_case(const struct scenario_case *scenario)
{
    output_printf("%s %7.1f s  %s%s\n", scenario->why ? "FAIL" : "pass", scenario->seconds,
                  scenario->name, !scenario->why && scenario->tries > 1 ? " (not at once)" : "");
    if (scenario->hash) {
        output_printf("    trace hash %s\n", scenario->hash);
    }
    if (scenario->why) {
        g_autofree char *file = g_shell_quote(scenario->file);
        g_autofree char *how = scenario->stands
                                   ? g_strdup_printf("--deterministic --seed %u ", scenario->seed)
                                   : g_strdup("");
        output_printf("    %s\n    left behind: %s\n    again: booth test %s%s\n", scenario->why,
                      scenario->results, how, file);
        print_snapshot(scenario);
    }
    output_flush();
}

static void show_progress(struct run *run)
{
    g_autofree char *what = g_strdup_printf("%u of %u cases done", run->done, run->count);

    run->progress.drawn_us = 0; /* it is rare */
    progress_show(&run->progress, (double)run->done / run->count, what);
}

static void run_case(gpointer data, gpointer user)
{
    struct run *run = user;

    scenario_case_run(data, run->again);
    g_mutex_lock(&run->lock);
    progress_end(&run->progress);
    if (!run->json) {
        print_case(data);
    }
    run->done++;
    show_progress(run);
    g_mutex_unlock(&run->lock);
}

static void interrupt(int number)
{
    (void)number;
    phone_interrupt();
}

static gboolean run_all(struct run *run, const GPtrArray *cases, GError **error)
{
    const struct sigaction action = {.sa_handler = interrupt};
    GThreadPool *pool = g_thread_pool_new(run_case, run, (gint)run->jobs, TRUE, error);

    if (pool == NULL) {
        return FALSE;
    }
    run->count = cases->len;
    progress_begin(&run->progress);
    show_progress(run);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    for (guint i = 0; i < cases->len; i++) {
        g_thread_pool_push(pool, cases->pdata[i], NULL);
    }
    g_thread_pool_free(pool, FALSE, TRUE);
    progress_end(&run->progress);
    return TRUE;
}

static JsonObject *to_json(const struct scenario_case *scenario)
{
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "name", scenario->name);
    json_object_set_string_member(object, "file", scenario->file);
    json_object_set_boolean_member(object, "passed", scenario->why == NULL);
    json_object_set_int_member(object, "tries", scenario->tries);
    json_object_set_double_member(object, "seconds", scenario->seconds);
    if (scenario->hash) {
        json_object_set_string_member(object, "trace_hash", scenario->hash);
    }
    if (scenario->why) {
        json_object_set_string_member(object, "why", scenario->why);
        json_object_set_string_member(object, "results", scenario->results);
    }
    return object;
}

/* Returns how many failed. */
static guint print_end(const GPtrArray *cases, gboolean json)
{
    g_autoptr(JsonObject) object = json_object_new();
    JsonArray *array = json_array_new();
    guint failures = 0;

    for (guint i = 0; i < cases->len; i++) {
        const struct scenario_case *scenario = cases->pdata[i];
        failures += scenario->why != NULL;
        json_array_add_object_element(array, to_json(scenario));
    }
    json_object_set_array_member(object, "cases", array);
    if (json) {
        print_json(object);
    } else {
        output_printf("%u passed, %u failed\n", cases->len - failures, failures);
    }
    return failures;
}

static guint number_of(const struct parsed *parsed, const char *option, guint otherwise)
{
    return (guint)json_object_get_int_member_with_default(parsed->own, option, otherwise);
}

static int test(struct run *run, const struct parsed *parsed)
{
    const char *junit = print_text_of(parsed->own, "junit", NULL);
    g_autofree char *results =
        g_canonicalize_filename(print_text_of(parsed->own, "results", "test-results"), NULL);
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) files = scenario_find(run->path, &error);
    g_autoptr(GPtrArray) cases = files ? make_cases(run, files, results) : NULL;

    if (cases == NULL || !run_all(run, cases, &error) ||
        (junit && !junit_write(junit, run->path, cases, &error))) {
        return cli_fail(error);
    }
    if (phone_is_interrupted()) {
        say("interrupted");
    }
    return print_end(cases, run->json) ? EXIT_REFUSED : EXIT_DONE;
}

int cli_test(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    struct run run = {
        .path = print_text_of(parsed->own, "path", ""),
        .jobs = number_of(parsed, "jobs", 1),
        .again = number_of(parsed, "retry", 0),
        .shard = 1,
        .shards = 1,
        .video = !json_object_has_member(parsed->own, "no-video"),
        .snapshot = json_object_has_member(parsed->own, "keep-phone"),
        .stands = json_object_has_member(parsed->own, "deterministic"),
        .seed = number_of(parsed, "seed", 1),
        .json = cli->json,
    };
    const char *shard = print_text_of(parsed->own, "shard", NULL);

    if (json_object_has_member(parsed->own, "record")) {
        return record_scenario(cli, run.path);
    }
    if (shard && !parse_shard(&run, shard)) {
        return cli_usage(command->name, "--shard: '%s' is not I/N, as in 2/3", shard);
    }
    if (run.stands ? run.snapshot : json_object_has_member(parsed->own, "seed")) {
        return cli_usage(command->name, run.stands ? "--keep-phone does not go with --deterministic"
                                                   : "--seed is for --deterministic");
    }
    run.video = run.video && !run.stands; /* it would show how long the host took */
    g_mutex_init(&run.lock);
    int code = test(&run, parsed);
    g_mutex_clear(&run.lock);
    return code;
}
