/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Archives: what is written comes back; what leads elsewhere, or is too much, does not come at all.
 */
#include "sdk/app/tar.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "suite.h"

static const struct tar_limits limits = {.bytes = 1000, .entries = 10, .inside = TRUE};

static char *folder_of_test(void)
{
    return g_dir_make_tmp("tar-XXXXXX", NULL);
}

static int temporary(const char *folder)
{
    return open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

/* An entry of an archive that somebody made: type, name, target or content. */
struct made {
    unsigned type;
    const char *name, *what;
};

static void add(struct archive *archive, const struct made *made)
{
    struct archive_entry *entry = archive_entry_new();
    gsize length = made->type == AE_IFREG && made->what ? strlen(made->what) : 0;

    archive_entry_set_pathname(entry, made->name);
    archive_entry_set_filetype(entry, made->type ? made->type : AE_IFREG);
    archive_entry_set_perm(entry, 04755);
    archive_entry_set_size(entry, (gint64)length);
    if (made->type == AE_IFLNK) {
        archive_entry_set_symlink(entry, made->what);
    } else if (made->type == 0) {
        archive_entry_set_hardlink(entry, made->what);
    }
    CU_ASSERT_EQUAL(archive_write_header(archive, entry), ARCHIVE_OK);
    CU_ASSERT_EQUAL(archive_write_data(archive, made->what, length), (gssize)length);
    archive_entry_free(entry);
}

/* Unpacks what the entries make. The error's message, NULL: none; free with g_free(). */
static char *unpack_made(const struct made *made, guint count, const char *folder)
{
    struct archive *archive = archive_write_new();
    int file = temporary(g_get_tmp_dir());
    g_autoptr(GError) error = NULL;

    archive_write_set_format_pax_restricted(archive);
    archive_write_add_filter_zstd(archive);
    archive_write_open_fd(archive, file);
    for (guint i = 0; i < count; i++) {
        add(archive, &made[i]);
    }
    archive_write_free(archive);
    lseek(file, 0, SEEK_SET);
    gboolean done = tar_unpack(file, folder, &limits, &error);
    close(file);
    CU_ASSERT_EQUAL(done, error == NULL);
    return error ? g_strdup(error->message) : NULL;
}

static void refuses(const struct made *made, guint count, const char *why)
{
    g_autofree char *top = folder_of_test();
    g_autofree char *folder = g_build_filename(top, "inside", NULL);

    g_mkdir(folder, 0700);
    g_autofree char *message = unpack_made(made, count, folder);
    CU_ASSERT_PTR_NOT_NULL_FATAL(message);
    CU_ASSERT_PTR_NOT_NULL(strstr(message, why));
    CU_ASSERT_PTR_NULL(strchr(message, '\n'));
    tar_remove(folder);
    CU_ASSERT_EQUAL(g_rmdir(top), 0); /* nothing is beside it */
}

#define REFUSES(why, ...)                       \
    refuses((const struct made[]){__VA_ARGS__}, \
            sizeof((const struct made[]){__VA_ARGS__}) / sizeof(struct made), why)

static void test_hostile_names(void)
{
    REFUSES("leads out", {AE_IFREG, "../x", "a"});
    REFUSES("leads out", {AE_IFREG, "a/../../x", "a"});
    REFUSES("leads out", {AE_IFREG, "/tmp/x", "a"});
    REFUSES("leads out", {AE_IFREG, "a//x", "a"});
    REFUSES("leads out", {AE_IFREG, "./x", "a"});
    REFUSES("leads out", {AE_IFDIR, "..", NULL});
    REFUSES("leads out", {AE_IFDIR, ".", NULL});
    REFUSES("twice", {AE_IFREG, "x", "a"}, {AE_IFREG, "x", "b"});
}

static void test_hostile_links(void)
{
    REFUSES("leads out", {AE_IFLNK, "x", "/etc/passwd"});
    REFUSES("leads out", {AE_IFLNK, "x", ".."});
    REFUSES("leads out", {AE_IFLNK, "a/b/x", "../../../y"});
    REFUSES("leads out", {AE_IFLNK, "x", "a/../../y"});
    REFUSES("no file, folder or link", {AE_IFREG, "x", "a"}, {0, "y", "x"});
    REFUSES("no file, folder or link", {AE_IFIFO, "x", NULL});
    REFUSES("no file, folder or link", {AE_IFCHR, "x", NULL});
    /* through a link, although it stays inside */
    REFUSES("a/x", {AE_IFDIR, "b", NULL}, {AE_IFLNK, "a", "b"}, {AE_IFREG, "a/x", "a"});
}

static void test_too_much(void)
{
    g_autofree char *large = g_strnfill(1001, 'x');
    struct made many[11];
    char names[11][2];

    REFUSES("too large", {AE_IFREG, "x", large});
    for (int i = 0; i < 11; i++) {
        names[i][0] = (char)('a' + i);
        names[i][1] = '\0';
        many[i] = (struct made){AE_IFREG, names[i], "a"};
    }
    refuses(many, 11, "too many");
}

static void test_no_archive(void)
{
    g_autofree char *folder = folder_of_test();
    g_autoptr(GError) error = NULL;
    int file = temporary(folder);

    CU_ASSERT_EQUAL(write(file, "this is no archive", 18), 18);
    lseek(file, 0, SEEK_SET);
    CU_ASSERT_FALSE(tar_unpack(file, folder, &limits, &error));
    CU_ASSERT_PTR_NOT_NULL(error);
    close(file);
    CU_ASSERT_EQUAL(g_rmdir(folder), 0);
}

static void put(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);

    CU_ASSERT(g_file_set_contents(path, text, -1, NULL));
}

/* Writes `from` as an archive whose folder is "top", into a new file. */
static int written(const char *from, enum tar_flags flags)
{
    const struct tar_item items[] = {{(char *)from, (char *)"top"}, {NULL, NULL}};
    int file = temporary(g_get_tmp_dir());

    CU_ASSERT(tar_write(file, items, flags, NULL));
    lseek(file, 0, SEEK_SET);
    return file;
}

static void test_round_trip(void)
{
    g_autofree char *from = folder_of_test(), *to = folder_of_test();
    g_autofree char *program = g_build_filename(from, "program", NULL);
    g_autofree char *link = g_build_filename(from, "link", NULL);
    struct stat about;

    put(from, "text", "some text");
    put(from, "program", "#!/bin/sh\n");
    g_chmod(program, 0700);
    CU_ASSERT_EQUAL(symlink("text", link), 0);
    int file = written(from, TAR_ZSTD);
    CU_ASSERT(tar_unpack(file, to, &limits, NULL));
    close(file);

    g_autofree char *text = NULL, *come = g_build_filename(to, "top", "link", NULL);
    g_autofree char *come_program = g_build_filename(to, "top", "program", NULL);
    CU_ASSERT(g_file_get_contents(come, &text, NULL, NULL));
    CU_ASSERT_STRING_EQUAL(text, "some text");
    CU_ASSERT_EQUAL(g_stat(come_program, &about), 0);
    CU_ASSERT_EQUAL(about.st_mode & 07111, 0111);
    tar_remove(from);
    tar_remove(to);
}

static char *sum_of(int file)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 bytes[4096];
    gssize got;

    while ((got = read(file, bytes, sizeof(bytes))) > 0) {
        g_checksum_update(sum, bytes, got);
    }
    close(file);
    return g_strdup(g_checksum_get_string(sum));
}

static void test_reproducible(void)
{
    g_autofree char *one = folder_of_test(), *other = folder_of_test();

    put(one, "a", "1");
    put(one, "b", "2");
    put(other, "b", "2");
    put(other, "a", "1");
    g_autofree char *path = g_build_filename(other, "a", NULL);
    g_utime(path, &(struct utimbuf){1000, 1000});
    g_autofree char *first = sum_of(written(one, TAR_ZSTD | TAR_REPRODUCIBLE));
    g_autofree char *second = sum_of(written(other, TAR_ZSTD | TAR_REPRODUCIBLE));
    CU_ASSERT_STRING_EQUAL(first, second);
    tar_remove(one);
    tar_remove(other);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"names that lead elsewhere", test_hostile_names},
        {"links that lead elsewhere", test_hostile_links},
        {"too much", test_too_much},
        {"no archive", test_no_archive},
        {"a folder comes back", test_round_trip},
        {"the same files give the same bytes", test_reproducible},
        CU_TEST_INFO_NULL,
    };

    return run_suite("app_tar", tests);
}
