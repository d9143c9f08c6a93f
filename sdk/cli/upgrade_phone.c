/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "upgrade_phone.h"

#include <signal.h>
#include <string.h>

#include "cli.h"
#include "emulator.h"
#include "print.h"
#include "say.h"

enum {
    START_SECONDS = 60,     /* until the phone can be talked to */
    UPGRADE_SECONDS = 3600, /* until the persona has switched itself off */
};

#define PROGRESS "phonebooth: upgrade: " /* of sample-guests/phone/upgrade */

struct upgrade_phone {
    const char *vm;
    GSubprocess *emulator;
    booth_client *client;
    char *said; /* the last line that was shown */
    gboolean ran;
};

static GSubprocess *start(const char *folder, const char *name)
{
    g_autofree char *emulator = emulator_find();
    g_autoptr(GError) error = NULL;
    GSubprocess *process;

    if (emulator == NULL) {
        say(EMULATOR_MISSING);
        return NULL;
    }
    process = g_subprocess_new(
        G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, emulator,
        "--headless", "--name", name, "--end-timeout", "0", "--handset", folder, NULL);
    if (process == NULL) {
        say("%s", error->message);
    }
    return process;
}

static gboolean has_ended(struct upgrade_phone *phone)
{
    g_main_context_iteration(NULL, FALSE);
    return g_subprocess_get_identifier(phone->emulator) == NULL;
}

static gboolean connect_to(struct upgrade_phone *phone, const char *name)
{
    g_autofree char *path = booth_socket_path(name);

    for (int tenths = 0; tenths < START_SECONDS * 10 && !has_ended(phone); tenths++) {
        phone->client = booth_client_new(path, NULL);
        if (phone->client != NULL) {
            return TRUE;
        }
        g_usleep(G_USEC_PER_SEC / 10);
    }
    return FALSE;
}

static void show(struct upgrade_phone *phone, JsonObject *vm)
{
    const char *line = strstr(print_text_of(vm, "last_line", ""), PROGRESS);

    if (line != NULL && g_strcmp0(line, phone->said) != 0) {
        say("%s: %s", phone->vm, line + strlen(PROGRESS));
        g_free(phone->said);
        phone->said = g_strdup(line);
    }
}

/* The persona is at its end: it has switched itself off, or cannot go on. */
static gboolean is_over(struct upgrade_phone *phone, JsonObject *vm)
{
    const char *state = print_text_of(vm, "state", "");

    show(phone, vm);
    phone->ran = phone->ran || strcmp(state, "running") == 0;
    return print_text_of(vm, "reason", NULL) != NULL ||
           (phone->ran && strcmp(state, "running") != 0);
}

static gboolean poll_once(struct upgrade_phone *phone)
{
    g_autoptr(JsonObject) request = cli_request("vms");
    g_autoptr(JsonObject) reply = booth_client_call(phone->client, request, NULL);
    JsonArray *vms = reply ? json_object_get_array_member(reply, "vms") : NULL;

    for (guint i = 0; vms != NULL && i < json_array_get_length(vms); i++) {
        JsonObject *vm = json_array_get_object_element(vms, i);

        if (strcmp(print_text_of(vm, "name", ""), phone->vm) == 0) {
            return is_over(phone, vm);
        }
    }
    return vms == NULL;
}

static int wait_over(struct upgrade_phone *phone)
{
    for (int halves = 0; halves < UPGRADE_SECONDS * 2; halves++) {
        if (has_ended(phone) || poll_once(phone)) {
            return EXIT_DONE;
        }
        g_usleep(G_USEC_PER_SEC / 2);
    }
    say("%s: the upgrade is not done within %d s", phone->vm, UPGRADE_SECONDS);
    return EXIT_TIMEOUT;
}

static int run(struct upgrade_phone *phone, const char *name)
{
    if (!connect_to(phone, name)) {
        say("the phone that does the upgrade does not start");
        return EXIT_LOCAL;
    }
    return wait_over(phone);
}

int upgrade_phone_run(const char *folder, const char *vm)
{
    g_autofree char *name = g_strdup_printf("upgrade-%.20s", vm);
    struct upgrade_phone phone = {.vm = vm, .emulator = start(folder, name)};
    int code;

    if (phone.emulator == NULL) {
        return EXIT_LOCAL;
    }
    code = run(&phone, name);
    booth_client_free(phone.client);
    g_subprocess_send_signal(phone.emulator, SIGTERM);
    g_subprocess_wait(phone.emulator, NULL, NULL);
    g_object_unref(phone.emulator);
    g_free(phone.said);
    return code;
}
