/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "upgrade.h"

#include <string.h>

#include "../handset/describe.h"
#include "../handset/places.h"
#include "cli.h"
#include "output.h"
#include "say.h"
#include "upgrade_phone.h"

/* A step of pack's; what it prints is *output, to be freed. */
static int pack(const char *step, const char *handset, const char *vm, char **output)
{
    g_autofree char *program = places_own("bin/pack");
    g_autoptr(GError) error = NULL;
    g_autoptr(GSubprocess) process = NULL;
    g_autofree char *messages = NULL;

    *output = NULL;
    if (!g_file_test(program, G_FILE_TEST_IS_EXECUTABLE)) {
        say("no %s: run 'make' first, or install Phonebooth again", program);
        return EXIT_LOCAL;
    }
    process = g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error, program, "upgrade", step, handset, vm, NULL);
    if (process == NULL ||
        !g_subprocess_communicate_utf8(process, NULL, NULL, output, &messages, &error)) {
        return cli_fail(error);
    }
    say_bytes(messages, strlen(messages));
    return g_subprocess_get_successful(process) ? EXIT_DONE : EXIT_REFUSED;
}

/* From "none" or one image to another one; FALSE: there is nothing to do, and it is said why. */
static gboolean is_needed(const char *plan, const char *handset, const char *vm, gboolean dry)
{
    g_auto(GStrv) image = g_strsplit(plan, " ", 2);
    g_strchomp(image[1] ? image[1] : image[0]);

    if (strcmp(image[0], "none") == 0) {
        output_printf("%s has stored nothing yet: it starts with the newest system image\n", vm);
        return FALSE;
    }
    if (g_strcmp0(image[0], image[1]) == 0) {
        output_printf(describe_has(handset) ? "%s has %s, the newest system image of its handset\n"
                                            : "%s has the newest system image, %s\n",
                      vm, image[1]);
        return FALSE;
    }
    output_printf("%s: from the system image %s to %s\n", vm, image[0], image[1]);
    output_flush();
    return !dry;
}

int upgrade_run(const char *handset, const char *vm, gboolean dry)
{
    g_autofree char *plan = NULL, *nothing = NULL, *notes = NULL;
    g_autofree char *work = g_build_filename(handset, vm, "upgrade", "handset", NULL);
    int code = pack("plan", handset, vm, &plan);

    if (code != EXIT_DONE || !is_needed(plan, handset, vm, dry)) {
        return code;
    }
    say("%s: copying its data", vm);
    code = pack("prepare", handset, vm, &nothing);
    if (code == EXIT_DONE) {
        say("%s: starting the new image over the copy", vm);
        code = upgrade_phone_run(work, vm);
    }
    if (code != EXIT_DONE) {
        return code;
    }
    code = pack("commit", handset, vm, &notes);
    if (code == EXIT_DONE) {
        output_text(notes);
        output_printf("%s is upgraded; 'booth persona upgrade --rollback %s' goes back\n", vm, vm);
    }
    return code;
}

int upgrade_roll_back(const char *handset, const char *vm)
{
    g_autofree char *nothing = NULL;
    int code = pack("rollback", handset, vm, &nothing);

    if (code == EXIT_DONE) {
        output_printf("%s has the data and the system image that it had before\n", vm);
    }
    return code;
}
