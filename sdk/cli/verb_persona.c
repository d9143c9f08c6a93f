/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth persona */
#include <stdio.h>
#include <string.h>

#include "../handset/change.h"
#include "../handset/facts.h"
#include "../handset/persona_file.h"
#include "../handset/persona_import.h"
#include "choose.h"
#include "command.h"
#include "handset_print.h"
#include "output.h"
#include "print.h"
#include "upgrade.h"

struct request {
    const struct cli *cli;
    const struct command *command;
    JsonObject *own;
    const char *name, *file; /* arguments; NULL: not given */
    const handset_place *place;
};

static const char *option(const struct request *request, const char *name)
{
    return print_text_of(request->own, name, NULL);
}

static gboolean is_said(const struct request *request, const char *name)
{
    return json_object_get_boolean_member_with_default(request->own, name, FALSE);
}

static int say_done(const struct request *request, const char *format, const char *name)
{
    g_autoptr(JsonObject) object = json_object_new();

    json_object_set_string_member(object, "name", name);
    json_object_set_string_member(object, "handset", request->place->dir);
    if (request->cli->json) {
        print_json(object);
    } else {
        print_template(format, object);
    }
    return EXIT_DONE;
}

static int list(const struct request *request, GError **error)
{
    return handset_print_personas(request->place, request->cli->json, error) ? EXIT_DONE : -1;
}

static int upgrade(const struct request *request, GError **error)
{
    gboolean dry = is_said(request, "dry-run");

    (void)error;
    if (!is_said(request, "rollback")) {
        return upgrade_run(request->place->dir, request->name, dry);
    }
    if (dry) {
        return cli_usage(request->command->name, "--dry-run and --rollback: give one of them");
    }
    return upgrade_roll_back(request->place->dir, request->name);
}

/* The first persona: what a new one is like if nothing else is said. Free with g_free(). */
static char *first_persona(const struct request *request, GError **error)
{
    g_autoptr(handset_facts) facts = facts_read(request->place->dir, error);

    for (guint i = 0; facts && i < facts->vms->len; i++) {
        const struct facts_vm *vm = facts->vms->pdata[i];
        if (facts_is_persona(vm)) {
            return g_strdup(vm->name);
        }
    }
    return g_strdup("");
}

static int add(const struct request *request, GError **error)
{
    struct change change;
    g_autofree char *like =
        option(request, "like") ? g_strdup(option(request, "like")) : first_persona(request, NULL);
    gboolean done =
        change_begin(&change, request->place, error) &&
        change_check_new(&change, request->name, error) &&
        change_copy_profile(&change, request->name, like, option(request, "display-name"),
                            option(request, "colour"), error) &&
        change_add(&change, request->name, like, error) && change_commit(&change, error);

    change_finish(&change);
    return done ? say_done(request, "{name} is a persona of {handset} now", request->name) : -1;
}

static int remove_persona(const struct request *request, GError **error)
{
    struct change change;
    g_autofree char *what = g_strdup_printf("%s: %s and all that it has stored will be gone",
                                            request->place->dir, request->name);
    int code = choose_confirm(request->command->name, is_said(request, "yes"), what);

    if (code != EXIT_DONE) {
        return code;
    }
    gboolean done = change_begin(&change, request->place, error) &&
                    change_remove(&change, request->name, error) && change_commit(&change, error);
    change_finish(&change);
    return done ? EXIT_DONE : -1;
}

static int export(const struct request *request, GError **error)
{
    return persona_file_write(request->place->dir, request->name, request->file, error)
               ? say_done(request, "{name} of {handset} is exported, without its system image",
                          request->name)
               : -1;
}

static int import(const struct request *request, GError **error)
{
    g_autofree char *file = g_canonicalize_filename(request->name, NULL), *named = NULL;

    return persona_import(request->place, file, option(request, "as"), &named, error)
               ? say_done(request, "{name} is a persona of {handset} now", named)
               : -1;
}

static const struct action {
    const char *name, *argument, *second; /* what it needs, in words; NULL: nothing */
    gboolean changes;                     /* an installed handset's own copy is made first */
    int (*run)(const struct request *request,
               GError **error); /* -1 and `error`, or the exit code */
} actions[] = {
    {"list", NULL, NULL, FALSE, list},
    {"upgrade", "PERSONA", NULL, TRUE, upgrade},
    {"add", "the new persona's name", NULL, TRUE, add},
    {"remove", "PERSONA", NULL, TRUE, remove_persona},
    {"export", "PERSONA", "FILE", TRUE, export},
    {"import", "FILE", NULL, TRUE, import},
};

static int check(const struct request *request, const struct action *action)
{
    if ((action->argument && !request->name) || (action->second && !request->file)) {
        return cli_usage(request->command->name, "%s: %s is missing", action->name,
                         request->name ? action->second : action->argument);
    }
    if (request->file ? !action->second : request->name && !action->argument) {
        return cli_usage(request->command->name, "%s: one argument too many: '%s'", action->name,
                         request->file ? request->file : request->name);
    }
    return EXIT_DONE;
}

static int run(struct request *request, const struct action *action)
{
    const char *chosen = option(request, "handset");
    g_autoptr(GError) error = NULL;
    g_autoptr(handset_place) place = action->changes
                                         ? choose_own_handset(request->cli, chosen, &error)
                                         : choose_handset(request->cli, chosen, &error);

    request->place = place;
    int code = place ? action->run(request, &error) : -1;
    return code >= 0 ? code : cli_fail(error);
}

int cli_persona(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const char *name = print_text_of(parsed->own, "action", "");
    struct request request = {
        .cli = cli,
        .command = command,
        .own = parsed->own,
        .name = print_text_of(parsed->own, "name", NULL),
        .file = print_text_of(parsed->own, "file", NULL),
    };

    for (gsize i = 0; i < G_N_ELEMENTS(actions); i++) {
        if (strcmp(actions[i].name, name) == 0) {
            int code = check(&request, &actions[i]);
            return code == EXIT_DONE ? run(&request, &actions[i]) : code;
        }
    }
    return EXIT_USAGE;
}
