/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A host whose disk fails: a library for LD_PRELOAD. The file that $FAULTY names says what fails
 * from now on; without it (or when it is empty) all is as it is:
 *
 *     OPERATION ERROR FILE [FROM]   OPERATION: read, write, flush or discard
 *                                   ERROR: EIO, ENOSPC, EDQUOT or EFBIG
 *                                   FILE: the end of the path of the files concerned
 *                                   FROM: reads and writes before this byte work
 *
 * What the emulator uses for its disks is intercepted: pread, preadv, preadv2, pwrite, pwritev,
 * fdatasync, fallocate.
 */
#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static const struct {
    const char *name;
    int number;
} errors[] = {{"EIO", EIO}, {"ENOSPC", ENOSPC}, {"EDQUOT", EDQUOT}, {"EFBIG", EFBIG}};

static bool is_file(int fd, const char *end)
{
    char link[64], path[4096];
    ssize_t length;

    snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    length = readlink(link, path, sizeof(path) - 1);
    if (length < (ssize_t)strlen(end)) {
        return false;
    }
    path[length] = '\0';
    return !strcmp(path + length - strlen(end), end);
}

static int number_of(const char *error)
{
    for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
        if (!strcmp(errors[i].name, error)) {
            return errors[i].number;
        }
    }
    return 0;
}

/* True, and errno: `operation` at byte `at` fails. */
static bool fails(int fd, const char *operation, long long at)
{
    char what[16] = "", error[16] = "", file[256] = "";
    const char *control = getenv("FAULTY");
    FILE *in = control ? fopen(control, "re") : NULL;
    long long from = 0;
    int number = 0;

    if (!in) {
        return false;
    }
    if (fscanf(in, "%15s %15s %255s %lld", what, error, file, &from) >= 3 &&
        !strcmp(what, operation) && at >= from && is_file(fd, file)) {
        number = number_of(error);
    }
    fclose(in);
    errno = number;
    return number;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pread64(int fd, void *data, size_t length, off64_t at)
{
    return fails(fd, "read", at) ? -1 : REAL(pread64)(fd, data, length, at);
}

ssize_t preadv64(int fd, const struct iovec *piece, int pieces, off64_t at)
{
    return fails(fd, "read", at) ? -1 : REAL(preadv64)(fd, piece, pieces, at);
}

ssize_t preadv64v2(int fd, const struct iovec *piece, int pieces, off64_t at, int flags)
{
    return fails(fd, "read", at) ? -1 : REAL(preadv64v2)(fd, piece, pieces, at, flags);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at)
{
    return fails(fd, "write", at) ? -1 : REAL(pwrite64)(fd, data, length, at);
}

ssize_t pwritev64(int fd, const struct iovec *piece, int pieces, off64_t at)
{
    return fails(fd, "write", at) ? -1 : REAL(pwritev64)(fd, piece, pieces, at);
}

int fallocate64(int fd, int mode, off64_t at, off64_t length)
{
    return fails(fd, "discard", at) ? -1 : REAL(fallocate64)(fd, mode, at, length);
}

int fdatasync(int fd)
{
    return fails(fd, "flush", 0) ? -1 : REAL(fdatasync)(fd);
}
