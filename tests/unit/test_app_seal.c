/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Keys and signatures of apps: what is signed is what a phone gets, and nothing else passes. */
#include "sdk/app/seal.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sdk/app/bundle.h"
#include "sdk/app/tar.h"
#include "suite.h"

/* RFC 8032, section 7.1, test 1, in the form of RFC 8410 */
#define PEM                                                              \
    "-----BEGIN PRIVATE KEY-----\n"                                      \
    "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n" \
    "-----END PRIVATE KEY-----\n"
#define PUBLIC "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"

static char *top; /* of all files of the test */

static char *at(const char *name)
{
    return g_build_filename(top, name, NULL);
}

static void put(const char *name, const char *text, int mode)
{
    g_autofree char *path = at(name), *above = g_path_get_dirname(path);

    g_mkdir_with_parents(above, 0755);
    CU_ASSERT(g_file_set_contents(path, text, -1, NULL));
    g_chmod(path, mode);
}

/* ---- Keys -------------------------------------------------------------------------------------
 */

static void refuses_key(const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = at("bad.key");

    put("bad.key", text, 0600);
    CU_ASSERT_PTR_NULL(key_read(path, &error));
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "booth signer new"));
}

static void test_key_file(void)
{
    g_autofree char *path = at("new.key"), *nowhere = at("nowhere/new.key");
    g_autoptr(key) made = key_create(path, NULL);
    g_autoptr(key) again = key_read(path, NULL);
    struct stat about;

    CU_ASSERT_PTR_NOT_NULL_FATAL(made);
    CU_ASSERT_PTR_NOT_NULL_FATAL(again);
    CU_ASSERT(memcmp(made, again, sizeof(*made)) == 0);
    CU_ASSERT(stat(path, &about) == 0 && (about.st_mode & 0777) == 0600);
    CU_ASSERT_PTR_NULL(key_create(path, NULL)); /* the key is not written over */
    CU_ASSERT_PTR_NULL(key_create(nowhere, NULL));
    CU_ASSERT_PTR_NULL(key_read(nowhere, NULL));
    CU_ASSERT_PTR_NULL(key_read(top, NULL));
    refuses_key("");
    refuses_key("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n");
    refuses_key("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    refuses_key("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
}

static void test_known_key(void)
{
    g_autofree char *path = at("rfc.key");

    put("rfc.key", PEM, 0600);
    g_autoptr(key) key = key_read(path, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(key);
    g_autofree char *public = key_hex(key->public, KEY_PUBLIC);
    CU_ASSERT_STRING_EQUAL(public, PUBLIC);

    guint8 signature[KEY_SIGNATURE];
    key_sign(key, "", signature);
    g_autofree char *hex = key_hex(signature, KEY_SIGNATURE);
    CU_ASSERT(g_str_has_prefix(hex, "e5564300c360ac729086e2cc806e828a"));
    CU_ASSERT(key_verify(key->public, "", signature));
    CU_ASSERT_FALSE(key_verify(key->public, "x", signature));
    signature[40] ^= 1;
    CU_ASSERT_FALSE(key_verify(key->public, "", signature));
}

/* ---- Signed archives --------------------------------------------------------------------------
 */

/* A signed app as somebody unpacks it, in `top`/app; the same archive was read before. */
static void make_app(void)
{
    g_autofree char *path = at("rfc.key"), *made = at("made"), *archive = at("app.bapp"),
                    *app = at("app"), *link = at("made/payload/link");
    const struct tar_limits limits = {.bytes = 1 << 20, .entries = 100, .inside = TRUE};

    tar_remove(made);
    tar_remove(app);
    put("rfc.key", PEM, 0600);
    put("made/app.ini",
        "[app]\nid=org.example.Notes\nname=Notes\nversion=1\nentry=bin/notes\nicon=icon.svg\n",
        0644);
    put("made/icon.svg", "<svg/>", 0644);
    put("made/payload/bin/notes", "#!/bin/sh\n", 0755);
    put("made/payload/data", "data", 0644);
    CU_ASSERT(symlink("data", link) == 0);

    g_autoptr(key) key = key_read(path, NULL);
    g_autoptr(bundle) bundle = bundle_open(made, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bundle);
    CU_ASSERT_PTR_NULL(bundle->signer);
    CU_ASSERT(bundle_pack(bundle, archive, key, NULL));
    int file = open(archive, O_RDONLY | O_CLOEXEC);
    g_mkdir(app, 0755);
    CU_ASSERT(tar_unpack(file, app, &limits, NULL));
    close(file);
}

/* Packs `top`/app again, as it is, and opens that. *error may be NULL: then it opens. */
static bundle *open_again(GError **error)
{
    g_autofree char *app = at("app"), *archive = at("again.bapp");
    g_autoptr(GDir) folder = g_dir_open(app, 0, NULL);
    g_autoptr(GArray) items = g_array_new(TRUE, TRUE, sizeof(struct tar_item));
    const char *name;

    while ((name = g_dir_read_name(folder)) != NULL) {
        const struct tar_item item = {g_build_filename(app, name, NULL), g_strdup(name)};
        g_array_append_val(items, item);
    }
    int file = open(archive, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    CU_ASSERT(tar_write(file, (const struct tar_item *)(void *)items->data, TAR_PLAIN, NULL));
    close(file);
    for (guint i = 0; i < items->len; i++) {
        g_free(g_array_index(items, struct tar_item, i).path);
        g_free(g_array_index(items, struct tar_item, i).name);
    }
    return bundle_open(archive, error);
}

static void test_signed(void)
{
    make_app();
    g_autoptr(bundle) bundle = open_again(NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bundle);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bundle->signer);
    CU_ASSERT_STRING_EQUAL(bundle->signer, PUBLIC);
    bundle_free(g_steal_pointer(&bundle));

    g_autofree char *seal = at("app/" SEAL_FILE);
    CU_ASSERT(g_unlink(seal) == 0);
    bundle = open_again(NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bundle);
    CU_ASSERT_PTR_NULL(bundle->signer);
}

static void refuses(const char *why)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *archive = at("again.bapp");
    g_autoptr(bundle) bundle = open_again(&error);

    CU_ASSERT_PTR_NULL(bundle);
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, why));
    CU_ASSERT(g_str_has_prefix(error->message, archive));
}

static void test_changed(void)
{
    static const char *const edits[] = {
        "echo >> payload/bin/notes",
        "echo >> icon.svg",
        "sed -i s/version=1/version=2/ app.ini",
        "chmod +x payload/data",
        "mv payload/data payload/date; ln -sf date payload/link",
        "ln -sfn bin payload/link",
        "rm payload/link; cp payload/data payload/link",
        "rm payload/data",
        "touch payload/more",
        "mkdir payload/more",
        "sed -i s/key=d7/key=d8/ signature",
        "sed -i /^value/s/...$/777/ signature",
    };
    g_autofree char *app = at("app");

    for (guint i = 0; i < G_N_ELEMENTS(edits); i++) {
        g_autofree char *line = g_strdup_printf("cd %s && { %s; }", app, edits[i]);
        make_app();
        CU_ASSERT(system(line) == 0);
        refuses("the app is not as its signer made it");
    }
}

static void test_hostile(void)
{
    static const struct hostile {
        const char *edit, *why;
    } edits[] = {
        {"echo noise > signature", "is no signature"},
        {": > signature", "is no signature"},
        {"sed -i /value/d signature", "is no signature"},
        {"sed -i s/key=d/key=D/ signature", "is no signature"},
        {"sed -i s/key=d/key=dd/ signature", "is no signature"},
        {"head -c 5000 /dev/zero > signature", "too large"},
        {"rm signature; mkdir signature", "is no file"},
        {"rm signature; ln -s signature signature", "signature: "},
        {"mv icon.svg other; ln -s other icon.svg", "has to be a file"},
        {"mv app.ini other; ln -s other app.ini", "has to be a file"},
        {"mv payload other; ln -s other payload", "has to be a folder"},
    };
    g_autofree char *app = at("app");

    for (guint i = 0; i < G_N_ELEMENTS(edits); i++) {
        g_autofree char *line = g_strdup_printf("cd %s && { %s; }", app, edits[i].edit);
        make_app();
        CU_ASSERT(system(line) == 0);
        refuses(edits[i].why);
    }
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"a key's file", test_key_file}, {"the standard's key", test_known_key},
        {"signed", test_signed},         {"changed", test_changed},
        {"hostile", test_hostile},       CU_TEST_INFO_NULL,
    };

    top = g_dir_make_tmp("seal-XXXXXX", NULL);
    int status = run_suite("app_seal", tests);
    tar_remove(top);
    g_free(top);
    return status;
}
