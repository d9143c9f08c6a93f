/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Log files that are capped and kept, folders for temporary files, what is checked of the host. */
#include "folder.h"
#include "suite.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "host.h"
#include "phone/handset.h"
#include "phone/logfile.h"

static char *dir;

static char *file_in(const char *name)
{
    return g_build_filename(dir, name, NULL);
}

/* Its first byte, and its size; 0 and -1: there is no such file. */
static char first_of(const char *name, gint64 *size)
{
    g_autofree char *path = file_in(name);
    g_autofree char *text = NULL;
    gsize length;

    *size = -1;
    if (!g_file_get_contents(path, &text, &length, NULL)) {
        return 0;
    }
    *size = (gint64)length;
    return text[0];
}

static void write_much(struct logfile *log, char letter, gsize length)
{
    g_autofree guint8 *bytes = g_malloc(length);

    memset(bytes, letter, length);
    logfile_write(log, bytes, length);
}

static void logs_are_capped(void)
{
    g_autofree char *path = file_in("a.log");
    struct logfile *log = logfile_new(path, NULL);
    gint64 size;

    CU_ASSERT_PTR_NOT_NULL_FATAL(log);
    write_much(log, 'a', LOGFILE_MAX - 1);
    write_much(log, 'b', 3); /* one of them fits */
    CU_ASSERT_TRUE(first_of("a.log", &size) == 'b' && size == 2);
    CU_ASSERT_TRUE(first_of("a.log.1", &size) == 'a' && size == LOGFILE_MAX);
    write_much(log, 'c', 2 * LOGFILE_MAX);
    CU_ASSERT_TRUE(first_of("a.log", &size) == 'c' && size == 2);
    CU_ASSERT_TRUE(first_of("a.log.1", &size) == 'c' && size == LOGFILE_MAX);
    CU_ASSERT_TRUE(first_of("a.log.2", &size) == 0);
    logfile_free(log);
    logfile_free(NULL);
}

static void the_run_before_is_kept(void)
{
    static const char *const names[] = {"a.log", "a.log.1", "emulator.log", "notes.txt"};
    gint64 size;

    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = file_in(names[i]);
        g_file_set_contents(path, "1", -1, NULL);
    }
    logfile_keep_previous(dir);
    CU_ASSERT_TRUE(first_of("previous/a.log", &size) == '1' && first_of("a.log", &size) == 0);
    CU_ASSERT_TRUE(first_of("previous/a.log.1", &size) == '1');
    CU_ASSERT_TRUE(first_of("emulator.log", &size) == '1' && first_of("notes.txt", &size) == '1');
    g_autofree char *path = file_in("b.log");
    g_file_set_contents(path, "2", -1, NULL);
    logfile_keep_previous(dir);
    CU_ASSERT_TRUE(first_of("previous/b.log", &size) == '2');
    CU_ASSERT_TRUE(first_of("previous/a.log", &size) == 0);
}

static void temporary_files_have_a_place(void)
{
    g_autoptr(GError) error = NULL;

    g_setenv("TMPDIR", dir, TRUE);
    CU_ASSERT_TRUE(host_choose_tmp("/nonexistent", NULL));
    CU_ASSERT_STRING_EQUAL(g_getenv("TMPDIR"), dir);
    g_setenv("TMPDIR", "/nonexistent", TRUE);
    CU_ASSERT_FALSE(host_choose_tmp("/dev/null", &error));
    CU_ASSERT_TRUE(error && strstr(error->message, "/nonexistent") &&
                   strstr(error->message, "TMPDIR"));
    CU_ASSERT_TRUE(host_choose_tmp(dir, NULL)); /* one line, and it goes on */
    CU_ASSERT_STRING_EQUAL(g_getenv("TMPDIR"), dir);
    g_unsetenv("TMPDIR");
}

static void the_gdb_port_is_looked_at(void)
{
    g_autoptr(GSocketListener) other = g_socket_listener_new();
    g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4);
    g_autoptr(GSocketAddress) address = g_inet_socket_address_new(loopback, HOST_GDB_PORT);
    g_autoptr(GError) error = NULL;

    if (!g_socket_listener_add_address(other, address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                       NULL, NULL, NULL)) {
        /* somebody else has it: that is seen, too */
    }
    CU_ASSERT_FALSE(host_check_gdb_port(&error));
    CU_ASSERT_TRUE(error && strstr(error->message, "gdb"));
}

/* Like QEMU that writes an image: it has locked the byte for that. */
static void a_trial_wants_no_writer(void)
{
    g_autofree char *kernel = file_in("k");
    g_autofree char *image = file_in("data.img");
    const char *text =
        "[handset]\nname=one\nboard=one\nkernel=k\nskin=one\nmemory=2048\n[emmc]\n1=data.img\n"
        "[vm 0]\nname=switchboard\nkind=switchboard\n";
    static const char sector[512];
    struct flock reader = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = 100, .l_len = 1};
    struct flock writer = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = 101, .l_len = 1};
    g_autoptr(GError) error = NULL;
    struct handset *handset;
    int fd;

    g_file_set_contents(kernel, "k", -1, NULL);
    g_file_set_contents(image, sector, sizeof(sector), NULL);
    handset = handset_parse(dir, text, strlen(text), &error);
    CU_ASSERT_PTR_NOT_NULL_FATAL(handset);
    CU_ASSERT_TRUE(handset_check_files(handset, false, NULL));
    fd = open(image, O_RDWR);
    CU_ASSERT_TRUE(fcntl(fd, F_OFD_SETLK, &reader) == 0);
    CU_ASSERT_TRUE(handset_check_files(handset, true, NULL));
    CU_ASSERT_FALSE(handset_check_files(handset, false, NULL));
    CU_ASSERT_TRUE(fcntl(fd, F_OFD_SETLK, &writer) == 0);
    CU_ASSERT_FALSE(handset_check_files(handset, true, &error));
    CU_ASSERT_TRUE(error && strstr(error->message, "in use"));
    close(fd);
    handset_free(handset);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"temporary files have a place", temporary_files_have_a_place},
        {"logs are capped", logs_are_capped},
        {"the run before is kept", the_run_before_is_kept},
        {"the gdb port is looked at", the_gdb_port_is_looked_at},
        {"a trial wants no writer", a_trial_wants_no_writer},
        CU_TEST_INFO_NULL,
    };
    char path[] = "/tmp/phonebooth-XXXXXX";
    int status;

    dir = g_mkdtemp(path);
    status = run_suite("host", tests);
    remove_all(dir);
    return status;
}
