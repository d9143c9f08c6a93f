/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Files that cannot be what a description takes them for, and kernels that are packed. */
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <zlib.h>
#include <zstd.h>

#include "format.h"
#include "guest_files.h"
#include "pack_fixture.h"

#define GIB        0x40000000ull
#define CODE_WORDS 512

/* A VM whose file `key` is `name` of the folder. */
static struct pack_vm vm_with(const struct fixture *f, const char *key, const char *name)
{
    struct pack_vm vm = {.name = (char *)"a"};
    char *path = g_build_filename(f->folder, name, NULL);

    if (!strcmp(key, "kernel")) {
        vm.kernel = path;
    } else if (!strcmp(key, "firmware")) {
        vm.firmware = path;
    } else if (!strcmp(key, "initrd")) {
        vm.initrd = path;
    } else {
        vm.system = path;
    }
    if (!vm.kernel && !vm.firmware) {
        vm.kernel = g_build_filename(f->folder, "linux", NULL);
    }
    return vm;
}

static void free_vm(struct pack_vm *vm)
{
    g_free(vm->kernel);
    g_free(vm->firmware);
    g_free(vm->initrd);
    g_free(vm->system);
}

static void refuses_vm(struct pack_vm *vm, const char *part)
{
    struct pack_guest_files files;
    g_autoptr(GError) error = NULL;

    CU_ASSERT_FALSE(pack_guest_files_read(&files, vm, "phone.ini", &error));
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    if (!strstr(error->message, part)) {
        g_printerr("said: %s\nwanted: %s\n", error->message, part);
    }
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, part));
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "phone.ini: [vm a] "));
    CU_ASSERT_PTR_NULL(strchr(error->message, '\n'));
    pack_guest_files_finish(&files);
    free_vm(vm);
}

static void refuses(const struct fixture *f, const char *key, const char *name, const char *part)
{
    struct pack_vm vm = vm_with(f, key, name);

    refuses_vm(&vm, part);
}

/* Bytes of the program that comes of the file; 0: it is refused. */
static gsize accepts(const struct fixture *f, const char *key, const char *name)
{
    struct pack_vm vm = vm_with(f, key, name);
    struct pack_guest_files files;
    g_autoptr(GError) error = NULL;
    gsize size = 0;

    if (pack_guest_files_read(&files, &vm, "phone.ini", &error)) {
        size = g_bytes_get_size(files.program);
    } else {
        g_printerr("said: %s\n", error->message);
    }
    pack_guest_files_finish(&files);
    free_vm(&vm);
    return size;
}

static void put(const struct fixture *f, const char *name, const void *data, gsize size)
{
    g_autofree char *path = g_build_filename(f->folder, name, NULL);

    CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, data, (gssize)size, NULL));
}

static void put_marked(const struct fixture *f, const char *name, gsize offset, const char *mark,
                       gsize length)
{
    guint8 data[4096] = {0};

    memcpy(data + offset, mark, length);
    put(f, name, data, sizeof(data));
}

/* A Linux Image: what is in the other files. */
static void put_linux(const struct fixture *f)
{
    put_marked(f, "linux", 56, "ARM\x64", 4);
}

static void start(struct fixture *f)
{
    fixture_init(f, GIB);
    put_linux(f);
}

static void unusable_files(void)
{
    struct fixture f;
    g_autofree char *folder = NULL, *pipe = NULL;

    start(&f);
    folder = g_build_filename(f.folder, "folder", NULL);
    pipe = g_build_filename(f.folder, "pipe", NULL);
    CU_ASSERT_EQUAL(g_mkdir(folder, 0700), 0);
    CU_ASSERT_EQUAL(mkfifo(pipe, 0600), 0);
    g_free(fixture_write(&f, "empty", ""));
    for (const char *const *key =
             (const char *const[]){"kernel", "firmware", "initrd", "system", NULL};
         *key; key++) {
        refuses(&f, *key, "absent", "/absent: No such file");
        refuses(&f, *key, "folder", "/folder: a folder, not a file");
        refuses(&f, *key, "pipe", "/pipe: a device, pipe or socket, not a file");
        refuses(&f, *key, "empty", "/empty: is empty");
    }
    fixture_finish(&f);
}

static void wrong_kernels(void)
{
    static const struct {
        gsize offset;
        const char *mark;
        gsize length;
        const char *part;
    } marks[] = {
        {0x202, "HdrS", 4, "a Linux kernel for x86, not a kernel"},
        {36, "\x18\x28\x6f\x01", 4, "a Linux kernel for arm; say arch=arm"},
        {0, "MZ", 2, "an EFI or Windows program"},
        {0, "070701", 6, "a cpio archive, as initrds are"},
        {0,
         "\xfd"
         "7zXZ\0",
         6, "an xz file"},
        {0, "\x28\xb5\x2f\xfd", 4, "a zstd file"},
        {0, "\x02\x21\x4c\x18", 4, "an lz4 file"},
        {0, "BZh9", 4, "a bzip2 file"},
        {0, "\x27\x05\x19\x56", 4, "a U-Boot image"},
        {0, "ANDROID!", 8, "an Android boot image"},
        {0, "\xd0\x0d\xfe\xed", 4, "a device tree"},
        {0, "QFI\xfb", 4, "a qcow2 disk image"},
        {0, "#!/bin/sh\n", 10, "a script"},
        {1024, "\xe2\xe1\xf5\xe0", 4, "an erofs file system"},
        {1080, "\x53\xef", 2, "an ext2, ext3 or ext4 file system"},
        {2000, "x", 1, "does not begin with code for arm64; say format=flat"},
        {0, "In the beginning was the word", 29, "say format=flat"},
    };
    struct fixture f;

    start(&f);
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
        put_marked(&f, "k", marks[i].offset, marks[i].mark, marks[i].length);
        refuses(&f, "kernel", "k", marks[i].part);
    }
    fixture_finish(&f);
}

/* Instructions as a compiler makes them: moves, stores, calls. */
static void put_code(const struct fixture *f, const char *name, const guint32 *words, gsize count)
{
    guint32 code[CODE_WORDS];

    for (gsize i = 0; i < CODE_WORDS; i++) {
        code[i] = GUINT32_TO_LE(words[i % count]);
    }
    put(f, name, code, sizeof(code));
}

static void flat_binaries(void)
{
    static const guint32 a64[] = {0xd53800a0, 0xa9bf7bfd, 0x910003fd, 0x94000005, 0xd65f03c0, 0},
                         a32[] = {0xe10f0000, 0xe92d4010, 0xe3a00000, 0xebfffffe};
    struct pack_vm vm;
    struct fixture f;
    guint32 noise[CODE_WORDS], state = 1;

    start(&f);
    put_code(&f, "a64", a64, G_N_ELEMENTS(a64));
    put_code(&f, "a32", a32, G_N_ELEMENTS(a32));
    CU_ASSERT_EQUAL(accepts(&f, "kernel", "a64"), CODE_WORDS * 4);
    vm = vm_with(&f, "kernel", "a64");
    vm.arch = PACK_ARM;
    refuses_vm(&vm, "does not begin with code for arm;");
    CU_ASSERT_TRUE(pack_format_is_code((const guint8 *)a32, sizeof(a32), TRUE));
    for (guint seed = 0; seed < 200; seed++) {
        for (gsize i = 0; i < CODE_WORDS; i++) {
            state = state * 1664525u + 1013904223u, noise[i] = state ^ state >> 16;
        }
        CU_ASSERT_FALSE(pack_format_is_code((const guint8 *)noise, sizeof(noise), FALSE));
        CU_ASSERT_FALSE(pack_format_is_code((const guint8 *)noise, sizeof(noise), TRUE));
    }
    put(&f, "noise", noise, sizeof(noise));
    refuses(&f, "kernel", "noise", "say format=flat");
    fixture_finish(&f);
}

static void format_flat(void)
{
    struct pack_guest_files files;
    struct pack_vm vm;
    struct fixture f;

    start(&f);
    put_marked(&f, "odd", 0, "070701", 6);
    vm = vm_with(&f, "kernel", "odd");
    vm.is_flat = TRUE;
    CU_ASSERT_TRUE(pack_guest_files_read(&files, &vm, "phone.ini", NULL));
    CU_ASSERT_EQUAL(files.image.load, 0x80000);
    pack_guest_files_finish(&files);
    free_vm(&vm);
    fixture_finish(&f);
}

static gsize gzip(const void *data, gsize size, guint8 *out, gsize room)
{
    z_stream stream = {
        .next_in = (Bytef *)data, .avail_in = (uInt)size, .next_out = out, .avail_out = (uInt)room};

    CU_ASSERT_EQUAL_FATAL(deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 9, 0), Z_OK);
    CU_ASSERT_EQUAL(deflate(&stream, Z_FINISH), Z_STREAM_END);
    deflateEnd(&stream);
    return room - stream.avail_out;
}

static gsize zboot(const char *type, const guint8 *payload, gsize size, guint8 *out)
{
    const guint32 place[] = {GUINT32_TO_LE(64), GUINT32_TO_LE((guint32)size)};

    memset(out, 0, 64);
    memcpy(out, "MZ\0\0zimg", 8);
    memcpy(out + 8, place, sizeof(place));
    memcpy(out + 24, type, strlen(type));
    memcpy(out + 56, "\xcd\x23\x82\x81", 4);
    memcpy(out + 64, payload, size);
    return 64 + size;
}

static void packed_kernels(void)
{
    guint8 image[4096] = {0}, packed[4096], boot[8192];
    struct fixture f;
    gsize size;

    start(&f);
    memcpy(image + 56, "ARM\x64", 4);
    size = gzip(image, sizeof(image), packed, sizeof(packed));
    put(&f, "gz", packed, size);
    CU_ASSERT_EQUAL(accepts(&f, "kernel", "gz"), sizeof(image));
    put(&f, "gz", packed, size - 5);
    CU_ASSERT_EQUAL(accepts(&f, "kernel", "gz"), 0);
    refuses(&f, "kernel", "gz", "its gzip content is truncated");
    packed[14] ^= 0xff;
    put(&f, "gz", packed, size);
    refuses(&f, "kernel", "gz", "its gzip content is");
    size = gzip(image, sizeof(image), packed, sizeof(packed));
    put(&f, "zboot", boot, zboot("gzip", packed, size, boot));
    CU_ASSERT_EQUAL(accepts(&f, "kernel", "zboot"), sizeof(image));
    put(&f, "zboot", boot, 60);
    refuses(&f, "kernel", "zboot", "an EFI zboot kernel, truncated");
    put(&f, "zboot", boot, 64 + size - 1);
    refuses(&f, "kernel", "zboot", "an EFI zboot kernel, truncated");
    put(&f, "zboot", boot, zboot("lzma\n", packed, size, boot));
    refuses(&f, "kernel", "zboot", "packed with \"lzma?\"");
    size = ZSTD_compress(packed, sizeof(packed), image, sizeof(image), 3);
    put(&f, "zboot", boot, zboot("zstd22", packed, size, boot));
    CU_ASSERT_EQUAL(accepts(&f, "kernel", "zboot"), sizeof(image));
    put(&f, "zboot", boot, zboot("zstd22", packed, size - 1, boot));
    refuses(&f, "kernel", "zboot", "its zstd content: ");
    /* What is in it is looked at like any other kernel. */
    memcpy(image, "070701", 6);
    memset(image + 56, 0, 4);
    put(&f, "gz", packed, gzip(image, sizeof(image), packed, sizeof(packed)));
    refuses(&f, "kernel", "gz", "a cpio archive");
    fixture_finish(&f);
}

/* A PE header, as Linux has with its EFI stub, whose section ends at `end`. */
static void truncated_kernel(void)
{
    guint8 image[4096] = {0};
    guint32 header = GUINT32_TO_LE(64), end = GUINT32_TO_LE(4096 + 512 - 1024),
            at = GUINT32_TO_LE(1024);
    struct fixture f;

    start(&f);
    memcpy(image, "MZ", 2);
    memcpy(image + 56, "ARM\x64", 4);
    memcpy(image + 0x3c, &header, 4);
    memcpy(image + 64, "PE\0\0\0\0\1\0", 8);
    memcpy(image + 64 + 24 + 16, &end, 4);
    memcpy(image + 64 + 24 + 20, &at, 4);
    put(&f, "k", image, sizeof(image));
    refuses(&f, "kernel", "k", "truncated: 4096 bytes of 4608");
    end = GUINT32_TO_LE(4096 - 1024);
    memcpy(image + 64 + 24 + 16, &end, 4);
    put(&f, "k", image, sizeof(image));
    CU_ASSERT_EQUAL(accepts(&f, "kernel", "k"), sizeof(image));
    fixture_finish(&f);
}

static void other_files(void)
{
    guint8 erofs[8192] = {0};
    const guint32 blocks = GUINT32_TO_LE(3);
    struct fixture f;

    start(&f);
    put_marked(&f, "x", 0, "070701", 6);
    CU_ASSERT_NOT_EQUAL(accepts(&f, "initrd", "x"), 0);
    put_marked(&f, "x", 0, "\x28\xb5\x2f\xfd", 4);
    CU_ASSERT_NOT_EQUAL(accepts(&f, "initrd", "x"), 0);
    put_marked(&f, "x", 0, "\177ELF", 4);
    refuses(&f, "initrd", "x", "an ELF file, not an initrd");
    refuses(&f, "firmware", "x", "an ELF file, not the contents of a flash");
    put_marked(&f, "x", 2, "x", 1);
    refuses(&f, "initrd", "x", "a file of unknown format, not an initrd");
    CU_ASSERT_NOT_EQUAL(accepts(&f, "system", "x"), 0);
    put_marked(&f, "x", 0, "QFI\xfb", 4);
    refuses(&f, "system", "x", "a qcow2 disk image; give a raw image");
    put(&f, "x", erofs, 1000);
    refuses(&f, "system", "x", "1000 bytes are not a whole number of sectors");
    memcpy(erofs + 1024, "\xe2\xe1\xf5\xe0", 4);
    erofs[1024 + 12] = 12;
    memcpy(erofs + 1024 + 36, &blocks, 4);
    put(&f, "x", erofs, sizeof(erofs));
    refuses(&f, "system", "x", "truncated: 8192 bytes");
    fixture_finish(&f);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"files that cannot be used", unusable_files},
        {"kernels that are none", wrong_kernels},
        {"flat binaries", flat_binaries},
        {"format=flat", format_flat},
        {"packed kernels", packed_kernels},
        {"a truncated kernel", truncated_kernel},
        {"initrd, firmware, system", other_files},
        CU_TEST_INFO_NULL,
    };

    return fixture_run("pack: guests' files", tests);
}
