/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth handset */
#include <stdio.h>
#include <string.h>

#include "../handset/clone.h"
#include "../handset/describe.h"
#include "../handset/error.h"
#include "../handset/facts.h"
#include "../handset/files.h"
#include "../handset/lint.h"
#include "../handset/renew.h"
#include "choose.h"
#include "command.h"
#include "factory.h"
#include "handset_print.h"
#include "output.h"
#include "print.h"
#include "upgrade.h"

struct request {
    const struct cli *cli;
    const char *command; /* as the user knows it */
    const char *name, *to, *from, *old;
    gboolean yes;
};

static int list(const struct request *request)
{
    g_autoptr(GPtrArray) places = places_list();
    g_autoptr(handset_place) chosen = choose_handset(request->cli, NULL, NULL);

    handset_print_list(places, chosen ? chosen->dir : NULL, request->cli->json);
    return EXIT_DONE;
}

static int show(const struct request *request)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(handset_place) place = choose_handset(request->cli, request->name, &error);

    return place && handset_print(place, request->cli->json, &error) ? EXIT_DONE : cli_fail(error);
}

static int path(const struct request *request)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(handset_place) place = choose_own_handset(request->cli, request->name, &error);

    if (place == NULL) {
        return cli_fail(error);
    }
    if (request->cli->json) {
        print_result("folder", place->dir, NULL);
    } else {
        output_printf("%s\n", place->dir);
    }
    return EXIT_DONE;
}

/* FALSE: no new handset can have that name. */
static gboolean is_free(const char *name, GError **error)
{
    g_autoptr(handset_place) found = places_is_name(name) ? places_find(name, NULL) : NULL;

    if (!places_is_name(name)) {
        return handset_fail(error, HANDSET_ERROR_WRONG,
                            "'%s' is no name of a handset: up to 32 lower case letters, digits, "
                            "'-', '_' and '.', a letter or digit first",
                            name);
    }
    if (found && found->name) {
        return handset_fail(error, HANDSET_ERROR_WRONG, "there is a handset '%s' already: %s", name,
                            found->dir);
    }
    return TRUE;
}

/* A handset `to` of the user's, like `from`. */
static int make(const struct request *request, const char *from, const char *to,
                gboolean (*finish)(const char *dir, GError **error))
{
    g_autoptr(GError) error = NULL;
    g_autoptr(handset_place) place = NULL;

    if (!is_free(to, &error) || !(place = choose_handset(request->cli, from, &error))) {
        return cli_fail(error);
    }
    g_autofree char *dir = places_user_dir(to);
    if (!clone_make(place, dir, finish, &error)) {
        return cli_fail(error);
    }
    handset_print_made(to, dir, request->cli->json);
    return EXIT_DONE;
}

static int create(const struct request *request)
{
    return request->name ? make(request, request->from, request->name, factory_reset)
                         : cli_usage(request->command, "create: the new handset's name is missing");
}

static int copy(const struct request *request)
{
    return request->to
               ? make(request, request->name, request->to, NULL)
               : cli_usage(request->command, "clone: give a handset and the new one's name");
}

static gboolean delete_now(const char *dir, GError **error)
{
    int held = files_hold(dir, TRUE, error);
    g_autofree char *gone = held >= 0 ? files_set_aside(dir, error) : NULL;
    gboolean done = gone && files_remove(gone, error);

    files_release(held);
    return done;
}

static int remove_handset(const struct request *request)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(handset_place) place = request->name ? places_find(request->name, &error) : NULL;

    if (request->name == NULL) {
        return cli_usage(request->command, "delete: which handset?");
    }
    if (place == NULL) {
        return cli_fail(error);
    }
    if (place->kind != PLACE_USER || place->name == NULL) {
        return cli_usage(request->command, "%s is no handset of yours: %s", request->name,
                         place->kind == PLACE_BUILD ? "the build makes it" : place->dir);
    }
    g_autofree char *what =
        g_strdup_printf("%s and all that is stored on it will be gone", place->dir);
    int code = choose_confirm(request->command, request->yes, what);
    if (code != EXIT_DONE) {
        return code;
    }
    return delete_now(place->dir, &error) ? EXIT_DONE : cli_fail(error);
}

static int lint(const struct request *request)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(handset_place) place = choose_handset(request->cli, request->name, &error);

    if (place == NULL) {
        return cli_fail(error);
    }
    g_autoptr(GPtrArray) findings = lint_handset(place->dir);
    handset_print_findings(place, findings, request->cli->json);
    return findings->len ? EXIT_REFUSED : EXIT_DONE;
}

/* The folder of the handset whose images `place` gets. Free with g_free(); NULL and `error`. */
static char *newer_for(const struct request *request, const handset_place *place, GError **error)
{
    g_autoptr(handset_place) from = NULL;

    if (request->from == NULL) {
        return renew_find(place, error);
    }
    from = places_find(request->from, error);
    return from ? g_strdup(from->dir) : NULL;
}

/* Each persona that has stored something, one after the other. */
static int upgrade_personas(const char *dir)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(handset_facts) facts = facts_read(dir, &error);
    int code = facts ? EXIT_DONE : cli_fail(error);

    for (guint i = 0; code == EXIT_DONE && i < facts->vms->len; i++) {
        const struct facts_vm *vm = facts->vms->pdata[i];
        if (facts_is_persona(vm) && vm->slot) {
            code = upgrade_run(dir, vm->name, FALSE);
        }
    }
    return code;
}

static int upgrade(const struct request *request)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(handset_place) place = choose_own_handset(request->cli, request->name, &error);
    g_autofree char *from = place ? newer_for(request, place, &error) : NULL;
    gboolean changed;

    if (from == NULL || !renew_images(place, from, request->old, &changed, &error)) {
        return cli_fail(error);
    }
    output_printf(changed ? "%s has the images of %s now\n" : "%s has the images of %s already\n",
                  place->dir, from);
    return upgrade_personas(place->dir);
}

static int describe(const struct request *request)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(handset_place) place = choose_handset(request->cli, request->name, &error);

    return place && describe_store(place->dir, &error) ? EXIT_DONE : cli_fail(error);
}

static const struct {
    const char *name;
    int (*run)(const struct request *request);
} actions[] = {
    {"list", list},     {"show", show},         {"path", path},
    {"create", create}, {"clone", copy},        {"delete", remove_handset},
    {"lint", lint},     {"describe", describe}, {"upgrade", upgrade},
};

int cli_handset(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const char *action = print_text_of(parsed->own, "action", "");
    const struct request request = {
        .cli = cli,
        .command = command->name,
        .name = print_text_of(parsed->own, "handset", NULL),
        .to = print_text_of(parsed->own, "new", NULL),
        .from = print_text_of(parsed->own, "from", NULL),
        .old = print_text_of(parsed->own, "old", NULL),
        .yes = json_object_get_boolean_member_with_default(parsed->own, "yes", FALSE),
    };

    if (request.to && strcmp(action, "clone") != 0) {
        return cli_usage(command->name, "%s: one argument too many: '%s'", action, request.to);
    }
    if (request.from && strcmp(action, "create") != 0 && strcmp(action, "upgrade") != 0) {
        return cli_usage(command->name, "--from: only with create and upgrade");
    }
    if (request.old && strcmp(action, "upgrade") != 0) {
        return cli_usage(command->name, "--old: only with upgrade");
    }
    for (gsize i = 0; i < G_N_ELEMENTS(actions); i++) {
        if (strcmp(actions[i].name, action) == 0) {
            return actions[i].run(&request);
        }
    }
    return EXIT_USAGE;
}
