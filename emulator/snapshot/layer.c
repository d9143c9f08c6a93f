/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot/layer.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "snapshot/failure.h"

#define MAGIC          0x514649fbu /* "QFI\xfb" */
#define VERSION        3u
#define CLUSTER_BITS   16u
#define CLUSTER        (1u << CLUSTER_BITS)
#define L1_COVERS      ((uint64_t)CLUSTER / 8 * CLUSTER) /* bytes of the disk per entry */
#define HEADER_BYTES   104u
#define BELOW_FORMAT   0xe2792acau /* header extension: format of the file below */
#define BELOW_NAME_MAX 1023u

/* Clusters of a new layer, in this order; the L1 table may need more than one. */
enum { CLUSTER_HEADER, CLUSTER_REFCOUNT_TABLE, CLUSTER_REFCOUNTS, CLUSTER_L1 };

/* Offsets of the header's fields; all big endian. */
enum {
    AT_MAGIC = 0,
    AT_VERSION = 4,
    AT_BELOW_OFFSET = 8,
    AT_BELOW_SIZE = 16,
    AT_CLUSTER_BITS = 20,
    AT_SIZE = 24,
    AT_L1_SIZE = 36,
    AT_L1_OFFSET = 40,
    AT_REFCOUNT_OFFSET = 48,
    AT_REFCOUNT_CLUSTERS = 56,
    AT_INCOMPATIBLE = 72,
    AT_REFCOUNT_ORDER = 96,
    AT_HEADER_LENGTH = 100,
};

static void put32(uint8_t *header, unsigned at, uint32_t value)
{
    value = GUINT32_TO_BE(value);
    memcpy(header + at, &value, sizeof(value));
}

static void put64(uint8_t *header, unsigned at, uint64_t value)
{
    value = GUINT64_TO_BE(value);
    memcpy(header + at, &value, sizeof(value));
}

static uint32_t get32(const uint8_t *header, unsigned at)
{
    uint32_t value;

    memcpy(&value, header + at, sizeof(value));
    return GUINT32_FROM_BE(value);
}

static uint64_t get64(const uint8_t *header, unsigned at)
{
    uint64_t value;

    memcpy(&value, header + at, sizeof(value));
    return GUINT64_FROM_BE(value);
}

/* The first cluster of a file; what is not there is zero. */
static uint8_t *read_head(const char *path, GError **error)
{
    g_autofree uint8_t *head = g_malloc0(CLUSTER);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool done = fd >= 0 && pread(fd, head, CLUSTER, 0) >= 0;

    if (!done) {
        failure_errno(error, "read", path);
    }
    if (fd >= 0) {
        close(fd);
    }
    return done ? g_steal_pointer(&head) : NULL;
}

bool layer_disk_size(const char *image, uint64_t *size, GError **error)
{
    g_autofree uint8_t *head = read_head(image, error);
    struct stat info;

    if (!head) {
        return false;
    }
    if (get32(head, AT_MAGIC) == MAGIC) {
        *size = get64(head, AT_SIZE);
        return true;
    }
    if (stat(image, &info) != 0) {
        return failure_errno(error, "look at", image);
    }
    *size = (uint64_t)info.st_size;
    return true;
}

/* The first cluster: header, one extension, the name of the file below. */
static void fill_header(uint8_t *head, const char *below, const char *format, uint64_t bytes)
{
    unsigned format_size = (unsigned)strlen(format);
    unsigned name_at = HEADER_BYTES + 8 + (format_size + 7) / 8 * 8 + 8;

    put32(head, AT_MAGIC, MAGIC);
    put32(head, AT_VERSION, VERSION);
    put64(head, AT_BELOW_OFFSET, name_at);
    put32(head, AT_BELOW_SIZE, (uint32_t)strlen(below));
    put32(head, AT_CLUSTER_BITS, CLUSTER_BITS);
    put64(head, AT_SIZE, bytes);
    put32(head, AT_L1_SIZE, (uint32_t)((bytes + L1_COVERS - 1) / L1_COVERS));
    put64(head, AT_L1_OFFSET, CLUSTER_L1 * CLUSTER);
    put64(head, AT_REFCOUNT_OFFSET, CLUSTER_REFCOUNT_TABLE * CLUSTER);
    put32(head, AT_REFCOUNT_CLUSTERS, 1);
    put32(head, AT_REFCOUNT_ORDER, 4); /* 16 bits */
    put32(head, AT_HEADER_LENGTH, HEADER_BYTES);
    put32(head, HEADER_BYTES, BELOW_FORMAT);
    put32(head, HEADER_BYTES + 4, format_size);
    memcpy(head + HEADER_BYTES + 8, format, format_size);
    memcpy(head + name_at, below, strlen(below));
}

static char *new_image(const char *below, const char *format, uint64_t bytes, gsize *size)
{
    unsigned l1_clusters =
        (unsigned)((bytes + L1_COVERS * CLUSTER / 8 - 1) / (L1_COVERS * CLUSTER / 8));
    unsigned clusters = CLUSTER_L1 + l1_clusters;
    uint8_t *image = g_malloc0((gsize)clusters * CLUSTER);

    fill_header(image, below, format, bytes);
    put64(image, CLUSTER_REFCOUNT_TABLE * CLUSTER, CLUSTER_REFCOUNTS * CLUSTER);
    for (unsigned i = 0; i < clusters; i++) {
        image[CLUSTER_REFCOUNTS * CLUSTER + 2 * i + 1] = 1;
    }
    *size = (gsize)clusters * CLUSTER;
    return (char *)image;
}

bool layer_create(const char *path, const char *below, const char *format, uint64_t bytes,
                  GError **error)
{
    gsize size;

    if (strlen(below) > BELOW_NAME_MAX || bytes == 0 || bytes > (uint64_t)1 << 40) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                    "no layer over %s: its name is too long or its size is none of a disk", below);
        return false;
    }
    g_autofree char *image = new_image(below, format, bytes, &size);
    return g_file_set_contents_full(path, image, (gssize)size,
                                    G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                    0600, error);
}

char *layer_below(const char *path, GError **error)
{
    g_autofree uint8_t *head = read_head(path, error);

    if (!head) {
        return NULL;
    }
    uint64_t at = get64(head, AT_BELOW_OFFSET);
    uint32_t size = get32(head, AT_BELOW_SIZE);
    bool ours = get32(head, AT_MAGIC) == MAGIC && get32(head, AT_VERSION) == VERSION &&
                get32(head, AT_CLUSTER_BITS) == CLUSTER_BITS &&
                (get64(head, AT_INCOMPATIBLE) & ~1ull) == 0 && size > 0 && size <= BELOW_NAME_MAX &&
                at >= HEADER_BYTES && at <= CLUSTER - size;
    if (!ours) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is no layer of a disk", path);
        return NULL;
    }
    return g_strndup((const char *)head + at, size);
}

bool layer_set_below(const char *path, const char *below, GError **error)
{
    const off_t name_at = CLUSTER - BELOW_NAME_MAX - 1; /* behind all that a header has */
    uint8_t field[12];
    gsize length = strlen(below);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool done;

    put64(field, 0, (uint64_t)name_at);
    put32(field, 8, (uint32_t)length);
    done = fd >= 0 && pwrite(fd, below, length, name_at) == (ssize_t)length &&
           pwrite(fd, field, sizeof(field), AT_BELOW_OFFSET) == (ssize_t)sizeof(field) &&
           fsync(fd) == 0;
    if (!done) {
        failure_errno(error, "write", path);
    }
    if (fd >= 0) {
        close(fd);
    }
    return done;
}

bool layer_is_qcow2(const char *path)
{
    g_autofree uint8_t *head = read_head(path, NULL);

    return head && get32(head, AT_MAGIC) == MAGIC;
}
