/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include <zlib.h>
#include <zstd.h>

#include "error.h"
#include "format.h"
#include "unpack.h"

#define MAX_UNPACKED (256u << 20)
#define FIRST_ROOM   (16u << 20)
#define GZIP_WINDOW  (16 + MAX_WBITS)

/* Linux, drivers/firmware/efi/libstub/zboot-header.S */
#define ZBOOT_PAYLOAD 8u
#define ZBOOT_SIZE    12u
#define ZBOOT_TYPE    24u
#define ZBOOT_TYPE_NO 32u /* bytes */
#define ZBOOT_HEADER  64u

static guint32 get_u32(const guint8 *at)
{
    guint32 value;

    memcpy(&value, at, sizeof(value));
    return GUINT32_FROM_LE(value);
}

static int inflate_all(z_stream *stream, GByteArray *out)
{
    int status = Z_OK;

    while (status == Z_OK && out->len < MAX_UNPACKED) {
        guint old = out->len;

        g_byte_array_set_size(out, old ? MIN(old * 2, MAX_UNPACKED) : FIRST_ROOM);
        stream->next_out = out->data + old;
        stream->avail_out = out->len - old;
        status = inflate(stream, Z_NO_FLUSH);
        g_byte_array_set_size(out, out->len - stream->avail_out);
        if (stream->avail_out && status == Z_OK) {
            status = Z_BUF_ERROR; /* the file ends here, its content does not */
        }
    }
    return status;
}

static GBytes *gunzip(const guint8 *data, gsize size, GError **error)
{
    g_autoptr(GByteArray) out = g_byte_array_new();
    z_stream stream = {.next_in = (Bytef *)data, .avail_in = (uInt)MIN(size, G_MAXINT)};
    int status;

    if (inflateInit2(&stream, GZIP_WINDOW) != Z_OK) {
        pack_fail(error, "zlib does not start");
        return NULL;
    }
    status = inflate_all(&stream, out);
    inflateEnd(&stream);
    if (status == Z_STREAM_END) {
        return g_byte_array_free_to_bytes(g_steal_pointer(&out));
    }
    pack_fail(error, "%s; make it again",
              status == Z_OK          ? "its gzip content is larger than 256 MiB"
              : status == Z_BUF_ERROR ? "its gzip content is truncated"
                                      : "its gzip content is damaged");
    return NULL;
}

static GBytes *unzstd(const guint8 *data, gsize size, GError **error)
{
    unsigned long long whole = ZSTD_getFrameContentSize(data, size);
    g_autofree guint8 *out = NULL;
    gsize got;

    if (whole == ZSTD_CONTENTSIZE_UNKNOWN) {
        whole = MAX_UNPACKED;
    }
    if (whole == ZSTD_CONTENTSIZE_ERROR || whole > MAX_UNPACKED) {
        pack_fail(error, "its zstd content is damaged, or larger than 256 MiB; make it again");
        return NULL;
    }
    out = g_malloc(whole);
    got = ZSTD_decompress(out, whole, data, size);
    if (ZSTD_isError(got)) {
        pack_fail(error, "its zstd content: %s; make it again", ZSTD_getErrorName(got));
        return NULL;
    }
    return g_bytes_new_take(g_steal_pointer(&out), got);
}

static GBytes *unpack_zboot(const guint8 *data, gsize size, GError **error)
{
    char type[ZBOOT_TYPE_NO + 1] = {0};
    guint32 payload, length;

    if (size < ZBOOT_HEADER) {
        pack_fail(error, "an EFI zboot kernel, truncated; make it again");
        return NULL;
    }
    payload = get_u32(data + ZBOOT_PAYLOAD);
    length = get_u32(data + ZBOOT_SIZE);
    if (payload > size || length > size - payload) {
        pack_fail(error, "an EFI zboot kernel, truncated; make it again");
        return NULL;
    }
    memcpy(type, data + ZBOOT_TYPE, ZBOOT_TYPE_NO);
    if (!strcmp(type, "gzip")) {
        return gunzip(data + payload, length, error);
    }
    if (g_str_has_prefix(type, "zstd")) { /* "zstd22" */
        return unzstd(data + payload, length, error);
    }
    g_strcanon(type, "abcdefghijklmnopqrstuvwxyz0123456789", '?');
    pack_fail(error, "an EFI zboot kernel packed with \"%s\", not gzip or zstd; give its Image",
              type);
    return NULL;
}

gboolean pack_unpack(GBytes **bytes, GError **error)
{
    gsize size;
    const guint8 *data = g_bytes_get_data(*bytes, &size);
    GBytes *unpacked;

    switch (pack_format_of(data, size)) {
    case FORMAT_GZIP:
        unpacked = gunzip(data, size, error);
        break;
    case FORMAT_EFI_ZBOOT:
        unpacked = unpack_zboot(data, size, error);
        break;
    default:
        return TRUE;
    }
    if (!unpacked) {
        return FALSE;
    }
    g_bytes_unref(*bytes);
    *bytes = unpacked;
    return TRUE;
}
