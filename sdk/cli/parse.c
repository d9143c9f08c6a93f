/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A command line, word by word, by the command's table. */
#include "command.h"

#include <math.h>
#include <string.h>

struct reader {
    const struct command *command;
    struct parsed *parsed;
    const struct parameter *argument; /* the one that comes next */
    gboolean options;                 /* an option may still come */
};

static gboolean is_number(const char *word)
{
    char *end;

    g_ascii_strtod(word, &end);
    return end != word && *end == '\0';
}

/* "from 0 to 719". */
static char *range(const struct parameter *parameter)
{
    return g_strdup_printf("from %.0f to %.0f", parameter->min, parameter->max);
}

/* The value that word gives a parameter; NULL and *wrong (g_free() it): none. */
static JsonNode *number_value(const struct parameter *parameter, const char *word, char **wrong)
{
    g_autofree char *limits = range(parameter);
    gint64 whole;
    double number = g_ascii_strtod(word, NULL);

    if (parameter->kind == KIND_INT) {
        if (g_ascii_string_to_signed(word, 10, (gint64)parameter->min, (gint64)parameter->max,
                                     &whole, NULL)) {
            return json_node_init_int(json_node_alloc(), whole);
        }
        *wrong = g_strdup_printf("'%s' is not a whole number %s", word, limits);
        return NULL;
    }
    if (is_number(word) && isfinite(number) && number >= parameter->min &&
        number <= parameter->max) {
        return json_node_init_double(json_node_alloc(), number);
    }
    *wrong = g_strdup_printf("'%s' is not a number %s", word, limits);
    return NULL;
}

static JsonNode *text_value(const struct parameter *parameter, const char *word, char **wrong)
{
    g_autofree char *path = NULL;

    if (!g_utf8_validate(word, -1, NULL)) {
        g_autofree char *valid = g_utf8_make_valid(word, -1);
        *wrong = g_strdup_printf("'%s' is not UTF-8 text", valid);
        return NULL;
    }
    if (parameter->kind == KIND_CHOICE && !g_strv_contains(parameter->choices, word)) {
        *wrong = g_strdup_printf("'%s' is none of %s", word, parameter->shown);
        return NULL;
    }
    if (parameter->kind == KIND_PATH && strcmp(word, "-") != 0) {
        word = path = g_canonicalize_filename(word, NULL);
    }
    if ((parameter->kind == KIND_STRING || parameter->kind == KIND_PATH) &&
        strlen(word) > parameter->max) {
        *wrong =
            g_strdup_printf("it has %zu bytes; the most is %.0f", strlen(word), parameter->max);
        return NULL;
    }
    return json_node_init_string(json_node_alloc(), word);
}

static JsonNode *value_of(const struct parameter *parameter, const char *word, char **wrong)
{
    switch (parameter->kind) {
    case KIND_BOOL:
        return json_node_init_boolean(json_node_alloc(), TRUE);
    case KIND_INT:
    case KIND_NUMBER:
        return number_value(parameter, word, wrong);
    default:
        return text_value(parameter, word, wrong);
    }
}

static void store(const struct reader *reader, const struct parameter *parameter, JsonNode *value)
{
    JsonObject *object = parameter->member ? reader->parsed->request : reader->parsed->own;
    const char *name = parameter->member ? parameter->member : parameter->name;

    if (parameter->kind != KIND_NAMES) {
        json_object_set_member(object, name, value);
        return;
    }
    if (!json_object_has_member(object, name)) {
        json_object_set_array_member(object, name, json_array_new());
    }
    json_array_add_element(json_object_get_array_member(object, name), value);
}

/* `said`: the parameter as the user knows it, --hold or X. */
static gboolean take_value(const struct reader *reader, const struct parameter *parameter,
                           const char *said, const char *word)
{
    g_autofree char *wrong = NULL;
    JsonNode *value = value_of(parameter, word, &wrong);

    if (value == NULL) {
        cli_usage(reader->command->name, "%s: %s", said, wrong);
        return FALSE;
    }
    store(reader, parameter, value);
    return TRUE;
}

static gboolean take_argument(struct reader *reader, const char *word)
{
    const struct parameter *argument = reader->argument;

    if (argument->name == NULL) {
        cli_usage(reader->command->name, "one argument too many: '%s'%s", word,
                  argument != reader->command->arguments && argument[-1].free ? "; quote the text"
                                                                              : "");
        return FALSE;
    }
    if (argument->kind != KIND_NAMES) {
        reader->argument++;
    } else if (argument->free) {
        reader->options = FALSE;
    }
    return take_value(reader, argument, argument->shown, word);
}

/* The option that word is, and its value if that is in the same word (-t5, --timeout=5). */
static const struct parameter *find_option(const struct command *command, const char *word,
                                           const char **value)
{
    const struct parameter *option = command->options;

    *value = NULL;
    for (; option->name != NULL; option++) {
        gsize length = strlen(option->name);
        if (option->letter && word[0] == '-' && word[1] == option->letter) {
            *value = word[2] ? word + 2 : NULL;
            return option;
        }
        if (strncmp(word, "--", 2) == 0 && strncmp(word + 2, option->name, length) == 0 &&
            (word[2 + length] == '\0' || word[2 + length] == '=')) {
            *value = word[2 + length] ? word + 3 + length : NULL;
            return option;
        }
    }
    return NULL;
}

/* FALSE: it is wrong. `next`: the word after it; it is taken, and *taken set, if it is the value.
 */
static gboolean take_option(struct reader *reader, const struct parameter *option,
                            const char *value, const char *next, gboolean *taken)
{
    g_autofree char *said = g_strconcat("--", option->name, NULL);

    *taken = option->kind != KIND_BOOL && value == NULL;
    if (option->kind == KIND_BOOL && value != NULL) {
        cli_usage(reader->command->name, "%s takes no value", said);
        return FALSE;
    }
    if (*taken && next == NULL) {
        cli_usage(reader->command->name, "%s needs a value: %s", said, option->shown);
        return FALSE;
    }
    return take_value(reader, option, said, *taken ? next : value);
}

static gboolean is_help(const char *word)
{
    return strcmp(word, "-h") == 0 || strcmp(word, "--help") == 0;
}

static gboolean looks_like_option(const struct reader *reader, const char *word)
{
    return reader->options && word[0] == '-' && word[1] != '\0' && !is_number(word);
}

static gboolean all_there(const struct reader *reader)
{
    for (const struct parameter *left = reader->argument; left->name != NULL; left++) {
        if (left->required) {
            cli_usage(reader->command->name, "%s is missing", left->shown);
            return FALSE;
        }
    }
    return TRUE;
}

/* One word, with those that belong to it: *i is the last of them then. */
static enum parse_result take_word(struct reader *reader, int argc, char **argv, int *i,
                                   gboolean *json)
{
    const char *word = argv[*i], *value;
    const struct command *command = reader->command;
    const struct parameter *option;
    gboolean taken = FALSE;

    if (reader->options && strcmp(word, "--") == 0) {
        reader->options = FALSE;
    } else if (!looks_like_option(reader, word)) {
        return take_argument(reader, word) ? PARSE_DONE : PARSE_WRONG;
    } else if ((option = find_option(command, word, &value)) != NULL) {
        if (!take_option(reader, option, value, *i + 1 < argc ? argv[*i + 1] : NULL, &taken)) {
            return PARSE_WRONG;
        }
        *i += taken;
    } else if (!command->literal && is_help(word)) {
        return PARSE_HELP;
    } else if (!command->literal && strcmp(word, "--json") == 0) {
        *json = TRUE;
    } else if (command->literal || reader->argument->free) {
        return take_argument(reader, word) ? PARSE_DONE : PARSE_WRONG;
    } else {
        cli_usage(command->name, "no option '%s'", word);
        return PARSE_WRONG;
    }
    return PARSE_DONE;
}

enum parse_result command_parse(const struct command *command, int argc, char **argv,
                                struct parsed *parsed, gboolean *json)
{
    struct reader reader = {command, parsed, command->arguments, TRUE};

    *parsed = (struct parsed){cli_request(command->verb), json_object_new(), argc, argv};
    if (command->keeps) {
        json_object_set_boolean_member(parsed->request, "keep", TRUE);
    }
    for (int i = 1; !command->raw && i < argc; i++) {
        enum parse_result result = take_word(&reader, argc, argv, &i, json);
        if (result != PARSE_DONE) {
            return result;
        }
    }
    return command->raw || all_there(&reader) ? PARSE_DONE : PARSE_WRONG;
}

void parsed_clear(struct parsed *parsed)
{
    json_object_unref(parsed->request);
    json_object_unref(parsed->own);
}
