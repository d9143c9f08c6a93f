/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "steps.h"

#include <stdlib.h>
#include <string.h>

#include "steps_assert.h"
#include "steps_see.h"

#define TIMEOUT_MAX 3600
#define PAUSE_MS    500

char *steps_failed(const struct phone *phone, int code)
{
    if (code == PHONE_TIMEOUT) {
        return g_strdup_printf("not done within %u s", phone->timeout);
    }
    return g_strdup_printf("exit code %d%s%s", code, *phone->said ? ": " : "", phone->said);
}

static char *verb(struct doing *doing)
{
    int code = phone_run(doing->phone, (const char *const *)doing->words);

    return code == 0 ? NULL : steps_failed(doing->phone, code);
}

static char *see(struct doing *doing, enum steps_see_what what)
{
    int code = steps_see(doing->phone, doing->words + 1, what);

    return code == 0 ? NULL : steps_failed(doing->phone, code);
}

static char *tap(struct doing *doing)
{
    return steps_sees(doing->words + 1) ? see(doing, STEPS_SEE_TAP) : verb(doing);
}

static char *assert_seen(struct doing *doing)
{
    return see(doing, STEPS_SEE_NOW);
}

static char *start(struct doing *doing)
{
    const char *named = doing->words[1] && doing->words[1][0] != '-' ? doing->words[1] : NULL;
    int code =
        phone_start(doing->phone, named, (const char *const *)doing->words + 1 + (named ? 1 : 0));

    return code == 0 ? NULL : steps_failed(doing->phone, code);
}

static char *set_timeout(struct doing *doing)
{
    doing->phone->timeout = (guint)atoi(doing->words[1]);
    return NULL;
}

static char *wait_for(struct doing *doing)
{
    g_autoptr(GStrvBuilder) all = g_strv_builder_new();
    g_autofree char *seconds = g_strdup_printf("%u", doing->phone->timeout);

    if (steps_sees(doing->words + 1)) {
        return see(doing, STEPS_SEE_WAIT);
    }
    g_strv_builder_add_many(all, "wait", "--timeout", seconds, NULL);
    g_strv_builder_addv(all, (const char **)doing->words + 1);
    g_auto(GStrv) words = g_strv_builder_end(all);
    doing->phone->timeout += 5; /* the verb's own message is the better one */
    int code = phone_run(doing->phone, (const char *const *)words);
    doing->phone->timeout -= 5;
    return code == 0 ? NULL : steps_failed(doing->phone, code);
}

static char *in_persona(struct doing *doing)
{
    int code = phone_do(doing->phone, "shell", "--vm", doing->words[1], doing->words[2], NULL);

    return code == 0 ? NULL : steps_failed(doing->phone, code);
}

static char *must_fail(struct doing *doing)
{
    int code = phone_run(doing->phone, (const char *const *)doing->words + 1);

    return code > 0 && code != PHONE_TIMEOUT ? NULL
           : code == 0                       ? g_strdup("it did not fail")
                                             : steps_failed(doing->phone, code);
}

static char *sleep_for(struct doing *doing)
{
    guint left_ms = (guint)(g_ascii_strtod(doing->words[1], NULL) * 1000);

    while (left_ms > 0 && !phone_is_interrupted()) {
        guint ms = MIN(left_ms, PAUSE_MS);
        phone_pause(doing->phone, ms);
        left_ms -= ms;
    }
    return phone_is_interrupted() ? g_strdup("interrupted") : NULL;
}

static step_fn retry;

static const struct step_kind {
    const char *name;
    guint least, most; /* words after the name */
    step_fn *run;
    const char *needs; /* in words */
} kinds[] = {
    {"start", 0, 32, start, "options of 'booth run'"},
    {"timeout", 1, 1, set_timeout, "seconds, 1 to 3600"},
    {"wait", 0, 8, wait_for, "names of personas, or " STEPS_SEE_NEEDS},
    {"tap", 2, 64, tap, "X and Y, text TEXT, or accessible [ROLE/]NAME"},
    {"call", 1, 1, verb, "a request of the control API as JSON"},
    {"assert", 2, 2, assert_seen, STEPS_SEE_NEEDS},
    {"in", 2, 2, in_persona, "a persona and a command in quotes"},
    {"fails", 1, 64, must_fail, "a verb of booth and its arguments"},
    {"output", 1, 1, steps_output, "a regular expression"},
    {"no-output", 1, 1, steps_no_output, "a regular expression"},
    {"log", 2, 2, steps_log_of, "a VM and a regular expression"},
    {"screen", 1, 6, steps_screen, "a PNG file, [TOLERANCE [X Y WIDTH HEIGHT]]"},
    {"sleep", 1, 1, sleep_for, "seconds, at most 3600"},
    {"retry", 1, 64, retry, "another step"},
};

static const struct step_kind *kind_of(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (strcmp(kinds[i].name, name) == 0) {
            return &kinds[i];
        }
    }
    return NULL; /* a verb of booth */
}

static char *run(struct doing *doing)
{
    const struct step_kind *kind = kind_of(doing->words[0]);

    return kind ? kind->run(doing) : verb(doing);
}

/* Until it succeeds, or its time is up: the host's, or so many pauses of the phone's. */
static char *retry(struct doing *doing)
{
    struct phone *phone = doing->phone;
    gint64 end = g_get_monotonic_time() + (gint64)phone->timeout * G_USEC_PER_SEC;
    guint pauses = phone->timeout * 1000 / PAUSE_MS;
    struct doing inner = *doing;
    char *why;

    inner.words = doing->words + 1;
    while ((why = run(&inner)) && !phone_is_interrupted() &&
           (phone->stands ? pauses-- > 0 : g_get_monotonic_time() < end)) {
        g_free(why);
        phone_pause(phone, PAUSE_MS);
    }
    return why;
}

static gboolean is_number(const char *text, double least, double most)
{
    char *end;
    double number = g_ascii_strtod(text, &end);

    return end != text && *end == '\0' && number >= least && number <= most;
}

/* What is no regular expression; NULL: all are. */
static char *check_pattern(const struct step_kind *kind, char *const *words)
{
    const char *pattern = kind->run == steps_log_of                                   ? words[2]
                          : kind->run == steps_output || kind->run == steps_no_output ? words[1]
                                                                                      : NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(GRegex) regex = pattern ? g_regex_new(pattern, 0, 0, &error) : NULL;

    return pattern && !regex ? g_strdup_printf("%s: %s", kind->name, error->message) : NULL;
}

static char *check_numbers(const struct step_kind *kind, char *const *words)
{
    gboolean wrong = FALSE;

    if (kind->run == set_timeout || kind->run == sleep_for) {
        wrong = !is_number(words[1], kind->run == sleep_for ? 0 : 1, TIMEOUT_MAX);
    } else if (kind->run == steps_screen && words[2]) {
        guint count = g_strv_length((char **)words);
        wrong = !is_number(words[2], 0, 100) || (count != 3 && count != 7);
        for (guint i = 3; i < count; i++) {
            wrong |= !is_number(words[i], 0, G_MAXUINT16);
        }
    }
    return wrong ? g_strdup_printf("%s: give %s", kind->name, kind->needs) : NULL;
}

static char *check_seen(const struct step_kind *kind, char *const *words)
{
    const gboolean looks = kind->run == assert_seen ||
                           ((kind->run == tap || kind->run == wait_for) && steps_sees(words + 1));
    const gboolean taps_nothing = kind->run == tap && words[1] && g_str_has_prefix(words[1], "no-");

    return (looks && !steps_see_is_whole(words + 1)) || taps_nothing
               ? g_strdup_printf("%s: give %s", kind->name, kind->needs)
               : NULL;
}

char *steps_check(char *const *words, gboolean is_first)
{
    const struct step_kind *kind = kind_of(words[0]);
    guint count = g_strv_length((char **)words) - 1;
    char *wrong;

    if (is_first != (kind && kind->run == start)) {
        return g_strdup(is_first ? "the first step is 'start'" : "start: only as the first step");
    }
    if (kind == NULL) {
        return NULL;
    }
    if (count < kind->least || count > kind->most) {
        return g_strdup_printf("%s: give %s", kind->name, kind->needs);
    }
    wrong = check_seen(kind, words);
    if (wrong == NULL) {
        wrong = check_pattern(kind, words);
    }
    if (wrong == NULL) {
        wrong = check_numbers(kind, words);
    }
    return wrong == NULL && kind->run == retry ? steps_check(words + 1, FALSE) : wrong;
}

char *steps_do(struct phone *phone, const struct scenario_step *step, const char *results)
{
    g_autofree char *folder = g_path_get_dirname(step->file);
    struct doing doing = {phone, step->words, folder, results};

    return phone_is_interrupted() ? g_strdup("interrupted") : run(&doing);
}
