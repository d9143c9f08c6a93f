/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth persona: pack does what changes the handset, a phone of its own moves the data. */
#include <stdio.h>
#include <string.h>

#include "../lib/beside.h"
#include "command.h"
#include "output.h"
#include "print.h"
#include "upgrade_phone.h"

/* images/handset beside this program's folder, as the emulator takes it; free with g_free(). */
static char *default_handset(void)
{
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = self ? g_path_get_dirname(self) : g_strdup(".");
    g_autofree char *path = g_build_filename(folder, "..", "images", "handset", NULL);

    return g_canonicalize_filename(path, NULL);
}

/* A step of pack's; what it prints is *output, to be freed. */
static int pack(const char *step, const char *handset, const char *vm, char **output)
{
    g_autofree char *program = beside_find("pack");
    g_autoptr(GError) error = NULL;
    g_autoptr(GSubprocess) process = NULL;

    *output = NULL;
    if (program == NULL) {
        fprintf(stderr, "booth: no pack: neither beside booth nor in PATH; run 'make' first\n");
        return EXIT_LOCAL;
    }
    process = g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "upgrade", step,
                               handset, vm, NULL);
    if (process == NULL ||
        !g_subprocess_communicate_utf8(process, NULL, NULL, output, NULL, &error)) {
        return cli_fail(error);
    }
    return g_subprocess_get_successful(process) ? EXIT_DONE : EXIT_REFUSED;
}

/* From "none" or one image to another one; FALSE: there is nothing to do, and it is said why. */
static gboolean is_needed(const char *plan, const char *vm, gboolean dry)
{
    g_auto(GStrv) image = g_strsplit(plan, " ", 2);
    g_strchomp(image[1] ? image[1] : image[0]);

    if (strcmp(image[0], "none") == 0) {
        output_printf("%s has stored nothing yet: it starts with the newest system image\n", vm);
        return FALSE;
    }
    if (g_strcmp0(image[0], image[1]) == 0) {
        output_printf("%s has the newest system image, %s\n", vm, image[1]);
        return FALSE;
    }
    output_printf("%s: from the system image %s to %s\n", vm, image[0], image[1]);
    output_flush();
    return !dry;
}

static int upgrade(const char *handset, const char *vm, gboolean dry)
{
    g_autofree char *plan = NULL, *nothing = NULL, *notes = NULL;
    g_autofree char *work = g_build_filename(handset, vm, "upgrade", "handset", NULL);
    int code = pack("plan", handset, vm, &plan);

    if (code != EXIT_DONE || !is_needed(plan, vm, dry)) {
        return code;
    }
    fprintf(stderr, "booth: %s: copying its data\n", vm);
    code = pack("prepare", handset, vm, &nothing);
    if (code == EXIT_DONE) {
        fprintf(stderr, "booth: %s: starting the new image over the copy\n", vm);
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

static int roll_back(const char *handset, const char *vm)
{
    g_autofree char *nothing = NULL;
    int code = pack("rollback", handset, vm, &nothing);

    if (code == EXIT_DONE) {
        output_printf("%s has the data and the system image that it had before\n", vm);
    }
    return code;
}

int cli_persona(const struct cli *cli G_GNUC_UNUSED, const struct command *command,
                const struct parsed *parsed)
{
    const char *vm = print_text_of(parsed->own, "name", "");
    const char *chosen = print_text_of(parsed->own, "handset", NULL);
    g_autofree char *handset = chosen ? g_strdup(chosen) : default_handset();
    gboolean dry = json_object_get_boolean_member_with_default(parsed->own, "dry-run", FALSE);

    if (!json_object_get_boolean_member_with_default(parsed->own, "rollback", FALSE)) {
        return upgrade(handset, vm, dry);
    }
    if (dry) {
        return cli_usage(command->name, "--dry-run and --rollback: give one of them");
    }
    return roll_back(handset, vm);
}
