/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "run_words.h"

#include <string.h>

#include "../handset/error.h"
#include "../handset/lint.h"
#include "choose.h"

/* Options that decide the same: one on the command line stands for what the settings say. */
static const char *const same[][4] = {
    {"--headless", "--window", NULL},
    {"--save-at-end", "--no-save", "--try", NULL},
};

/* What may stand before the handset's name. */
static const char *const before_handset[] = {"--background", "--window", "--json", NULL};

struct building {
    GStrvBuilder *out;
    const char *handset; /* as it was named, or NULL */
    gboolean background;
};

static gboolean is_said(char *const *words, const char *option)
{
    gsize length = strlen(option);

    for (; *words; words++) {
        if (strncmp(*words, option, length) == 0 &&
            ((*words)[length] == '\0' || (*words)[length] == '=')) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean is_overruled(char *const *words, const char *option)
{
    for (gsize i = 0; i < G_N_ELEMENTS(same); i++) {
        if (!g_strv_contains(same[i], option)) {
            continue;
        }
        for (const char *const *other = same[i]; *other; other++) {
            if (is_said(words, *other)) {
                return TRUE;
            }
        }
    }
    return is_said(words, option);
}

/* What the settings say and the command line does not. */
static void add_settings(struct building *building, const struct cli *cli, char *const *words)
{
    for (char **option = cli->settings.run; option && *option; option++) {
        gboolean has_value = option[1] && strncmp(option[1], "--", 2) != 0;
        if (!is_overruled(words, *option)) {
            g_strv_builder_add(building->out, *option);
            if (has_value) {
                g_strv_builder_add(building->out, option[1]);
            }
        }
        option += has_value;
    }
}

static void add_pair(struct building *building, const char *option, const char *value)
{
    if (value) {
        g_strv_builder_add_many(building->out, option, value, NULL);
    }
}

/* Takes one word of the command line, and its value; returns the last one that was taken. */
static char *const *take(struct building *building, char *const *word, gboolean first)
{
    if (strcmp(*word, "--background") == 0) {
        building->background = TRUE;
    } else if (strcmp(*word, "--window") == 0) {
        return word; /* as without it: that is what it is for */
    } else if (strcmp(*word, "--json") == 0) {
        return word; /* booth's own */
    } else if (strcmp(*word, "--handset") == 0 && word[1]) {
        building->handset = *++word;
    } else if (g_str_has_prefix(*word, "--handset=")) {
        building->handset = *word + strlen("--handset=");
    } else if (first && **word != '-') {
        building->handset = *word;
    } else if (strcmp(*word, "--") != 0) {
        g_strv_builder_add(building->out, *word);
    }
    return word;
}

static void take_all(struct building *building, char *const *words)
{
    gboolean first = TRUE;

    for (char *const *word = words; *word; word++) {
        gboolean may_be_first = first && building->handset == NULL;
        first = first && g_strv_contains(before_handset, *word);
        word = take(building, word, may_be_first);
    }
}

/* Who waits for a phone in the background has to know where it is. */
static gboolean is_found(const struct building *building, const struct cli *cli, char *const *words,
                         GError **error)
{
    if (!building->background || cli->control) {
        return TRUE;
    }
    if (is_said(words, "--name") || is_said(words, "--control")) {
        g_set_error_literal(error, HANDSET_ERROR, HANDSET_ERROR_WRONG,
                            "--name and --control come before the verb: booth --name NAME run ...");
        return FALSE;
    }
    return TRUE;
}

gboolean run_words_make(struct run_words *result, const struct cli *cli, const char *emulator,
                        char *const *words, GError **error)
{
    g_autoptr(GStrvBuilder) out = g_strv_builder_new();
    struct building building = {.out = out};
    g_autoptr(handset_place) place = NULL;

    g_strv_builder_add(out, emulator);
    add_pair(&building, "--name", cli_name(cli));
    add_pair(&building, "--control", cli->control);
    add_settings(&building, cli, words);
    take_all(&building, words);
    if (!is_found(&building, cli, words, error)) {
        return FALSE;
    }
    place = choose_own_handset(cli, building.handset, error);
    if (place == NULL || !lint_links(place->dir, error)) {
        return FALSE;
    }
    add_pair(&building, "--handset", place->dir);
    *result = (struct run_words){g_strv_builder_end(out), building.background};
    return TRUE;
}
