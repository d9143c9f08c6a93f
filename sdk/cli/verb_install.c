/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth install, booth uninstall: apps, and packages of Debian's. */
#include <stdio.h>
#include <string.h>

#include "../app/bundle.h"
#include "command.h"
#include "guest_tar.h"
#include "install_flatpak.h"
#include "install_say.h"
#include "print.h"
#include "say.h"
#include "share.h"

#define TOOL "/var/lib/phonebooth/phonebooth-app"

/* What apt says goes to a file; of it one line is shown if it fails. */
#define APT                                                                                        \
    "export DEBIAN_FRONTEND=noninteractive LC_ALL=C\n"                                             \
    "log=$(mktemp -p /var/tmp) || exit 1\n"                                                        \
    "apt() { apt-get -qy -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=60 -o APT::Status-Fd=3 \"$@\" " \
    "> \"$log\" 2>&1 3>&2; }\n"                                                                    \
    "why() { { grep -m1 'Depends: \\|Conflicts: ' \"$log\" || grep -m1 '^E: ' \"$log\" ||\n"       \
    "  tail -n 1 \"$log\"; } | sed 's/^ */booth: apt: /' >&2; rm -f \"$log\"; exit 1; }\n"

/* ---- A package --------------------------------------------------------------------------------
 */

static gboolean is_package(const char *path)
{
    g_autofree char *head = NULL;
    FILE *file = fopen(path, "re");
    char bytes[8] = "";
    gboolean is = file != NULL && fread(bytes, sizeof(bytes), 1, file) == 1 &&
                  memcmp(bytes, "!<arch>\n", sizeof(bytes)) == 0;

    if (file != NULL) {
        fclose(file);
    }
    return is;
}

static int install_package(struct guest *guest, const char *path)
{
    static const char line[] =
        GUEST_RECEIVE APT "deb=$new/package.deb\n"
                          "put() { apt --reinstall --allow-downgrades install \"$deb\"; }\n"
                          "stale() { ! ls /var/lib/apt/lists/*_Packages* > /dev/null 2>&1 ||\n"
                          "  grep -q 'Failed to fetch' \"$log\"; }\n"
                          "put || { stale && apt update && put; } || why\n"
                          "rm -f \"$log\"\n"
                          "dpkg-deb -W --showformat '${Package} ${Version}' \"$deb\"\n";
    const struct tar_item items[] = {{(char *)path, (char *)"package.deb"}, {NULL, NULL}};
    g_autofree char *what = NULL;
    int code = guest_send(guest, NULL, line, items, &what);

    if (code == EXIT_DONE) {
        g_auto(GStrv) words = g_strsplit(g_strchomp(what), " ", 2);
        install_say(guest, "package", words[0] ? words[0] : path, words[0] ? words[1] : NULL);
    }
    return code;
}

/* ---- An app -----------------------------------------------------------------------------------
 */

static int send_app(struct guest *guest, const bundle *bundle, const char *staged)
{
    const manifest *manifest = bundle->manifest;
    g_autofree char *tool = share_path("guest");
    g_autofree char *ini = g_build_filename(staged, "app.ini", NULL);
    g_autofree char *desktop = g_build_filename(staged, "app.desktop", NULL);
    g_autofree char *payload = g_build_filename(bundle->folder, "payload", NULL);
    g_autofree char *icon =
        manifest->icon ? g_build_filename(bundle->folder, manifest->icon, NULL) : NULL;
    g_autofree char *icon_name =
        manifest->icon ? g_build_filename("app", manifest->icon, NULL) : NULL;
    const struct tar_item items[] = {{tool, (char *)"tool"},
                                     {ini, (char *)"app/app.ini"},
                                     {desktop, (char *)"app/app.desktop"},
                                     {payload, (char *)"app/payload"},
                                     {icon, icon_name},
                                     {NULL, NULL}};
    g_autofree char *line =
        g_strdup_printf(GUEST_RECEIVE "sh \"$new/tool/phonebooth-app\" install \"$new\" %s %s\n",
                        manifest->id, bundle->signer ? bundle->signer : "");

    if (tool == NULL) {
        return EXIT_LOCAL;
    }
    return guest_send(guest, manifest->id, line, items, NULL);
}

static int install_app(struct guest *guest, const bundle *bundle)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *staged = bundle_stage(bundle, &error);

    if (staged == NULL) {
        return cli_fail(error);
    }
    int code = send_app(guest, bundle, staged);
    tar_remove(staged);
    if (code == EXIT_DONE) {
        install_say(guest, "app", bundle->manifest->id, bundle->manifest->version);
    }
    return code;
}

int cli_install(const struct cli *cli, const struct command *command G_GNUC_UNUSED,
                const struct parsed *parsed)
{
    const char *path = print_text_of(parsed->own, "what", ".");
    gboolean package = g_str_has_suffix(path, ".deb"), flatpak = flatpak_is(path);
    g_autoptr(GError) error = NULL;
    g_autoptr(bundle) bundle = package || flatpak ? NULL : bundle_open(path, &error);
    g_autoptr(guest) guest = NULL;

    if (!package && !flatpak && bundle == NULL) {
        return cli_fail(error);
    }
    if (package && !is_package(path)) {
        say("%s: is no Debian package, or cannot be read", path);
        return EXIT_LOCAL;
    }
    int code = guest_open_settled(cli, print_text_of(parsed->own, "vm", NULL), &guest);
    if (code != EXIT_DONE) {
        return code;
    }
    return package   ? install_package(guest, path)
           : flatpak ? flatpak_install(guest, path)
                     : install_app(guest, bundle);
}

/* ---- And away again ---------------------------------------------------------------------------
 */

/* With what apt says of how far it is. */
static int ask_and_show(struct guest *guest, const char *line, const char *name)
{
    struct transfer transfer;

    transfer_begin(&transfer, name, 0);
    guest->transfer = &transfer;
    int code = guest_ask(guest, line, NULL);
    guest->transfer = NULL;
    transfer_end(&transfer);
    return code;
}

int cli_uninstall(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const char *name = print_text_of(parsed->own, "name", "");
    const char *keep = json_object_has_member(parsed->own, "keep-data") ? "keep" : "";
    g_autoptr(guest) guest = NULL;

    /* the names of packages are names of apps but for the dot and the plus */
    if (name[0] == '-' || name[strspn(name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS ".+-_:")]) {
        return cli_usage(command->name, "'%s' is neither an app's ID nor a package's name", name);
    }
    g_autofree char *line = g_strdup_printf(
        "name=%s\n"
        "at=/var/lib/phonebooth\n"
        "if [ -e $at/apps/$name/app.ini ] || [ -e $at/signers/$name ]; then\n"
        "  exec " TOOL " uninstall $name %s; fi\n"
        "if command -v flatpak > /dev/null && flatpak info --system $name > /dev/null 2>&1; then\n"
        "  exec flatpak uninstall --system --noninteractive $name > /dev/null; fi\n"
        "dpkg-query -W -f '${db:Status-Status}' $name 2> /dev/null | grep -qx installed ||\n"
        "  { echo \"booth: $name: neither an app nor a package of that name is installed\" >&2; "
        "exit 1; }\n" APT "apt remove $name || why\n"
        "rm -f \"$log\"\n",
        name, keep);
    int code = guest_open_settled(cli, print_text_of(parsed->own, "vm", NULL), &guest);
    if (code == EXIT_DONE) {
        code = ask_and_show(guest, line, name);
    }
    if (code == EXIT_DONE && cli->json) {
        print_result("vm", guest->vm, "name", name, NULL);
    }
    return code;
}
