/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A persona as one file (sdk/handset/persona_file.h): what is no such file is refused. */
#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include <glib/gstdio.h>

#include "sdk/handset/persona_file.h"
#include "folder.h"
#include "suite.h"

#define DISK    (16u << 20)
#define IMAGE   "0123456789abcdef0123456789abcdef"
#define PERSONA "[persona]\nformat=1\nname=guest\nimage=" IMAGE "\n"
#define PROFILE                                                                            \
    "[profile]\nname=guest\n[system]\nkernel=/etc/shadow\ninitrd=/etc/shadow\nsystem=/x\n" \
    "firmware=/y\ncmdline=quiet\n"

static char *folder, *to, *file;

/* One entry of an archive. */
struct entry {
    const char *name;
    const char *text; /* its first bytes; the rest is 0 */
    gsize size;       /* 0: that of the text */
    int type;         /* 0: AE_IFREG */
    const char *link; /* hard link to this */
};

/* The first bytes of an ext4 file system: its magic number is at 1080. */
static char *ext4(void)
{
    static char head[1100];

    head[1080] = 0x53;
    head[1081] = (char)0xef;
    return head;
}

static void add(struct archive *archive, const struct entry *entry)
{
    gsize length = entry->text == ext4() ? 1100 : entry->text ? strlen(entry->text) : 0;
    gsize size = entry->size ? entry->size : length;
    g_autofree char *bytes = g_malloc0(size + 1);
    struct archive_entry *header = archive_entry_new();

    memcpy(bytes, entry->text ? entry->text : "", MIN(length, size));
    archive_entry_set_pathname(header, entry->name);
    archive_entry_set_filetype(header, entry->type ? (unsigned)entry->type : AE_IFREG);
    archive_entry_set_perm(header, 0600);
    if (entry->type == AE_IFLNK) {
        archive_entry_set_symlink(header, "/etc/passwd");
    }
    if (entry->link) {
        archive_entry_set_hardlink(header, entry->link);
    } else {
        archive_entry_set_size(header, (la_int64_t)size);
    }
    CU_ASSERT_EQUAL_FATAL(archive_write_header(archive, header), ARCHIVE_OK);
    if (!entry->type && !entry->link) {
        CU_ASSERT_EQUAL(archive_write_data(archive, bytes, size), (la_ssize_t)size);
    }
    archive_entry_free(header);
}

static void begin(void)
{
    folder = g_dir_make_tmp("persona-file-XXXXXX", NULL);
    to = g_build_filename(folder, "to", NULL);
    file = g_build_filename(folder, "file", NULL);
    CU_ASSERT_EQUAL_FATAL(g_mkdir(to, 0700), 0);
}

static void end(void)
{
    remove_all(folder);
    g_free(folder);
    g_free(to);
    g_free(file);
}

static void write_archive(const struct entry *entries, gsize count)
{
    struct archive *archive = archive_write_new();

    archive_write_set_format_pax(archive);
    archive_write_add_filter_zstd(archive);
    CU_ASSERT_EQUAL_FATAL(archive_write_open_filename(archive, file), ARCHIVE_OK);
    for (gsize i = 0; i < count; i++) {
        add(archive, &entries[i]);
    }
    CU_ASSERT_EQUAL(archive_write_close(archive), ARCHIVE_OK);
    archive_write_free(archive);
}

/* The message is one line that has `part`. */
static void refuses(const char *part)
{
    struct persona_file persona;
    g_autoptr(GError) error = NULL;

    CU_ASSERT_FALSE(persona_file_read(&persona, file, to, &error));
    persona_file_clear(&persona);
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, part));
    CU_ASSERT_PTR_NULL(strchr(error->message, '\n'));
    if (!strstr(error->message, part)) {
        printf("'%s' is not in '%s'\n", part, error->message);
    }
}

static void test_good(void)
{
    const struct entry entries[] = {
        {.name = "persona.ini", .text = PERSONA},
        {.name = "profile.ini", .text = PROFILE},
        {.name = "data.img", .text = ext4(), .size = DISK},
    };
    struct persona_file persona;
    g_autofree char *data = NULL, *cmdline = NULL;
    GStatBuf info;

    begin();
    data = g_build_filename(to, "data.img", NULL);
    write_archive(entries, G_N_ELEMENTS(entries));
    CU_ASSERT_TRUE_FATAL(persona_file_read(&persona, file, to, NULL));
    CU_ASSERT_STRING_EQUAL(persona.name, "guest");
    CU_ASSERT_STRING_EQUAL(persona.image, IMAGE);
    cmdline = g_key_file_get_string(persona.profile, "system", "cmdline", NULL);
    CU_ASSERT_STRING_EQUAL(cmdline, "quiet");
    CU_ASSERT_FALSE(g_key_file_has_key(persona.profile, "system", "kernel", NULL));
    CU_ASSERT_FALSE(g_key_file_has_key(persona.profile, "system", "initrd", NULL));
    CU_ASSERT_FALSE(g_key_file_has_key(persona.profile, "system", "system", NULL));
    CU_ASSERT_FALSE(g_key_file_has_key(persona.profile, "system", "firmware", NULL));
    CU_ASSERT_EQUAL(g_stat(data, &info), 0);
    CU_ASSERT_EQUAL(info.st_size, DISK);
    CU_ASSERT_TRUE(info.st_blocks < 64); /* zeros take no room */
    persona_file_clear(&persona);
    end();
}

/* A guest has written into the part of its disk that ext4 leaves free. */
static void test_marked(void)
{
    const struct entry entries[] = {
        {.name = "persona.ini", .text = PERSONA},
        {.name = "profile.ini", .text = PROFILE},
        {.name = "data.img", .text = ext4(), .size = DISK},
    };
    struct persona_file persona;
    g_autofree char *data = NULL, *bytes = NULL;

    begin();
    data = g_build_filename(to, "data.img", NULL);
    memcpy(ext4(), "QFI\xfb", 4);
    write_archive(entries, G_N_ELEMENTS(entries));
    memset(ext4(), 0, 4);
    CU_ASSERT_TRUE_FATAL(persona_file_read(&persona, file, to, NULL));
    CU_ASSERT_TRUE_FATAL(g_file_get_contents(data, &bytes, NULL, NULL));
    CU_ASSERT_EQUAL(memcmp(bytes, ext4(), 1100), 0);
    persona_file_clear(&persona);
    end();
}

static void test_entries(void)
{
    static const struct {
        struct entry entry;
        const char *part;
    } wrong[] = {
        {{.name = "../persona.ini", .text = PERSONA}, "'../persona.ini' is no file"},
        {{.name = "/etc/cron.d/x", .text = "x"}, "is no file of one"},
        {{.name = "profile.ini", .type = AE_IFLNK}, "is no file of one"},
        {{.name = "data.img", .type = AE_IFDIR}, "is no file of one"},
        {{.name = "data.img", .link = "persona.ini"}, "is no file of one"},
        {{.name = "persona.ini", .text = PERSONA}, "is there twice"},
        {{.name = "profile.ini", .size = 65537}, "profile.ini has 65537 bytes"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        const struct entry entries[] = {{.name = "persona.ini", .text = PERSONA}, wrong[i].entry};
        begin();
        write_archive(entries, G_N_ELEMENTS(entries));
        refuses(wrong[i].part);
        end();
    }
}

static void test_contents(void)
{
    static const struct {
        const char *persona, *profile, *data;
        gsize size;
        const char *part;
    } wrong[] = {
        {"[persona]\nformat=2\n", PROFILE, NULL, DISK, "format 2"},
        {"[persona]\nformat=1\nname=guest\nimage=../../x\n", PROFILE, NULL, DISK, "name or image"},
        {"[persona]\nformat=1\nname=../x\nimage=" IMAGE "\n", PROFILE, NULL, DISK, "name or image"},
        {"no ini", PROFILE, NULL, DISK, "persona.ini"},
        {PERSONA, "no ini", NULL, DISK, "profile.ini"},
        {PERSONA, PROFILE, "QFI\xfb", DISK, "is a qcow2"},
        {PERSONA, PROFILE, NULL, DISK + 512, "no size of a data disk"},
        {PERSONA, PROFILE, NULL, DISK / 2, "no size of a data disk"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        const struct entry entries[] = {
            {.name = "persona.ini", .text = wrong[i].persona},
            {.name = "profile.ini", .text = wrong[i].profile},
            {.name = "data.img",
             .text = wrong[i].data ? wrong[i].data : ext4(),
             .size = wrong[i].size},
        };
        begin();
        write_archive(entries, G_N_ELEMENTS(entries));
        refuses(wrong[i].part);
        end();
    }
}

static void test_incomplete(void)
{
    const struct entry one[] = {{.name = "persona.ini", .text = PERSONA}};
    g_autofree char *bytes = NULL;
    gsize length;

    begin();
    write_archive(one, 1);
    refuses("it has no data.img");
    CU_ASSERT_TRUE_FATAL(g_file_get_contents(file, &bytes, &length, NULL));
    remove_all(to);
    CU_ASSERT_EQUAL_FATAL(g_mkdir(to, 0700), 0);
    CU_ASSERT_TRUE_FATAL(g_file_set_contents(file, bytes, (gssize)length / 2, NULL));
    refuses("not a persona to import");
    CU_ASSERT_TRUE_FATAL(g_file_set_contents(file, "no archive", -1, NULL));
    refuses("not a persona to import");
    g_unlink(file);
    refuses("cannot read it");
    end();
}

static const CU_TestInfo tests[] = {
    {"one as it must be", test_good},        {"a marked disk", test_marked},
    {"entries that none has", test_entries}, {"contents that are wrong", test_contents},
    {"part of one", test_incomplete},        CU_TEST_INFO_NULL,
};

int main(void)
{
    return run_suite("persona_file", tests);
}
