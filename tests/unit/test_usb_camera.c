/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A camera on USB/IP, and a host that does what Linux's vhci-hcd and uvcvideo do; then one that
 * does anything. */
#include <CUnit/Basic.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include "suite.h"
#include "usb/usbip.h"
#include "usb/uvc.h"

#define TRANSFER 16384u /* bytes that Linux's driver asks for at a time */
#define SMALL    (320u * 240u * UVC_PIXEL)

static struct uvc camera[2];
static struct usbip_bus bus;
static struct usbip host;
static uint8_t pixels[UVC_FRAME_MAX];
static uint8_t got[UVC_FRAME_MAX + TRANSFER];
static unsigned changes, woken;
static uint32_t seqnum;

static void changed(struct uvc *uvc)
{
    (void)uvc;
    changes++;
}

static void wake(struct usb_device *dev)
{
    (void)dev;
    woken++;
}

static void start(void)
{
    uvc_init(&camera[0], "Front camera", "front", changed);
    uvc_init(&camera[1], "Back camera", "back", changed);
    bus = (struct usbip_bus){.device = {&camera[0].device, &camera[1].device}};
    usbip_open(&host, &bus);
    changes = woken = 0;
    for (size_t i = 0; i < sizeof(pixels); i++) {
        pixels[i] = (uint8_t)(i * 7 + i / 251);
    }
}

/* ---- Bytes both ways ----------------------------------------------------------------------- */

static void take(void *to, size_t len)
{
    CU_ASSERT_EQUAL_FATAL(usbip_output(&host, to, len), len);
}

static void nothing_left(void)
{
    uint8_t byte;

    CU_ASSERT_FALSE(usbip_has_output(&host));
    CU_ASSERT_EQUAL(usbip_output(&host, &byte, 1), 0);
}

static bool op(struct usbip *to, uint16_t code, const char *busid)
{
    uint8_t request[40] = {1, 0x11, (uint8_t)(code >> 8), (uint8_t)code};

    memcpy(request + 8, busid, strlen(busid));
    return usbip_input(to, request, code == 0x8003 ? 40 : 8);
}

static void import(void)
{
    uint8_t reply[8 + 312];

    CU_ASSERT_TRUE(op(&host, 0x8003, "1-1"));
    take(reply, sizeof(reply));
    CU_ASSERT_EQUAL(usbip_get32(reply + 4), 0);
    CU_ASSERT_EQUAL(usbip_get32(reply + 8 + 256 + 40), 3); /* high speed */
    CU_ASSERT_PTR_EQUAL(host.device, &camera[0].device);
    host.device->wake = wake;
}

struct message {
    uint8_t bytes[USBIP_HEADER + USB_CONTROL_MAX + 8];
};

static void make(struct message *message, uint32_t command, bool in, uint32_t endpoint,
                 uint32_t len)
{
    memset(message, 0, sizeof(*message));
    usbip_put32(message->bytes, command);
    usbip_put32(message->bytes + 4, ++seqnum);
    usbip_put32(message->bytes + 12, in);
    usbip_put32(message->bytes + 16, endpoint);
    usbip_put32(message->bytes + 24, len);
}

/* A control transfer: what the answer's status is, or how many bytes came. */
static int control(uint8_t type, uint8_t request, uint16_t value, uint16_t index, uint16_t len,
                   uint8_t *data)
{
    const uint8_t setup[8] = {type,           request,
                              (uint8_t)value, (uint8_t)(value >> 8),
                              (uint8_t)index, (uint8_t)(index >> 8),
                              (uint8_t)len,   (uint8_t)(len >> 8)};
    const bool in = type & 0x80 && len;
    struct message message;
    uint8_t reply[USBIP_HEADER];
    int32_t status;

    make(&message, 1, in, 0, len);
    memcpy(message.bytes + 40, setup, sizeof(setup));
    if (!in) {
        memcpy(message.bytes + USBIP_HEADER, data, len);
    }
    CU_ASSERT_TRUE_FATAL(usbip_input(&host, message.bytes, USBIP_HEADER + (in ? 0 : len)));
    take(reply, sizeof(reply));
    CU_ASSERT_EQUAL(usbip_get32(reply), 3);
    CU_ASSERT_EQUAL(usbip_get32(reply + 4), seqnum);
    status = (int32_t)usbip_get32(reply + 20);
    if (status) {
        return status;
    }
    if (in) {
        take(data, usbip_get32(reply + 24));
    }
    return (int)usbip_get32(reply + 24);
}

static uint32_t want(uint32_t len)
{
    struct message message;

    make(&message, 1, true, 1, len);
    CU_ASSERT_TRUE_FATAL(usbip_input(&host, message.bytes, USBIP_HEADER));
    return seqnum;
}

static void unlink_one(uint32_t victim)
{
    struct message message;

    make(&message, 2, false, 1, 0);
    usbip_put32(message.bytes + 20, victim);
    CU_ASSERT_TRUE(usbip_input(&host, message.bytes, USBIP_HEADER));
}

/* ---- What Linux does ----------------------------------------------------------------------- */

static void negotiate_format(uint8_t format, uint8_t frame, uint32_t bytes)
{
    uint8_t data[34] = {1, 0, format, frame, 0x40, 0x42, 0x0f, 0}; /* 100 ms */

    CU_ASSERT_EQUAL(control(0x00, 9, 1, 0, 0, data), 0);
    CU_ASSERT_EQUAL(control(0x21, 1, 0x100, 1, 34, data), 34);
    memset(data, 0, sizeof(data));
    CU_ASSERT_EQUAL(control(0xa1, 0x81, 0x100, 1, 34, data), 34);
    CU_ASSERT_EQUAL(data[2], format);
    CU_ASSERT_EQUAL(data[3], frame);
    CU_ASSERT_EQUAL(data[4] | data[5] << 8 | data[6] << 16, 1000000);
    CU_ASSERT_EQUAL(data[18] | data[19] << 8 | data[20] << 16, bytes);
    CU_ASSERT_EQUAL(data[22] | data[23] << 8, TRANSFER);
    CU_ASSERT_EQUAL(control(0x21, 1, 0x200, 1, 34, data), 34);
    CU_ASSERT_FALSE(camera[0].streams);
}

static void negotiate(uint8_t frame)
{
    negotiate_format(1, frame, frame == 1 ? UVC_FRAME_MAX : SMALL);
}

static void begin_format(uint8_t format, uint8_t frame)
{
    start();
    import();
    negotiate_format(format, frame, format == 1 && frame == 2 ? SMALL : UVC_FRAME_MAX);
    for (unsigned i = 0; i < 5; i++) {
        want(TRANSFER);
    }
    CU_ASSERT_TRUE(camera[0].streams);
    CU_ASSERT_EQUAL(changes, 1);
    nothing_left();
}

static void begin(uint8_t frame)
{
    begin_format(1, frame);
}

/* Takes one payload in pieces; returns its flags, adds its pixels to got at *at. */
static uint8_t payload(size_t *at, size_t piece)
{
    uint8_t reply[USBIP_HEADER], data[TRANSFER];
    uint32_t len, n;

    take(reply, sizeof(reply));
    CU_ASSERT_EQUAL_FATAL(usbip_get32(reply + 20), 0);
    len = usbip_get32(reply + 24);
    CU_ASSERT_TRUE_FATAL(len > 2 && len <= TRANSFER);
    for (uint32_t done = 0; done < len; done += n) {
        n = len - done < piece ? len - done : (uint32_t)piece;
        take(data + done, n);
    }
    CU_ASSERT_EQUAL(data[0], 2);
    memcpy(got + *at, data + 2, len - 2);
    *at += len - 2;
    return data[1];
}

/* Takes a whole frame; how many bytes of pixels. */
static size_t frame(size_t piece, uint8_t *toggle)
{
    size_t at = 0;
    uint8_t flags;

    do {
        flags = payload(&at, piece);
        want(TRANSFER);
    } while (!(flags & 2) && at < UVC_FRAME_MAX);
    *toggle = flags & 1;
    return at;
}

static void test_list(void)
{
    uint8_t reply[8 + 4 + 2 * (312 + 8)], refused[8];
    struct usbip other;

    start();
    CU_ASSERT_TRUE(op(&host, 0x8005, ""));
    take(reply, sizeof(reply));
    CU_ASSERT_EQUAL(usbip_get32(reply + 8), 2);
    CU_ASSERT_STRING_EQUAL((char *)reply + 12 + 256, "1-1");
    CU_ASSERT_EQUAL(reply[12 + 311], 2);     /* interfaces: */
    CU_ASSERT_EQUAL(reply[12 + 312], 0x0e);  /* video */
    CU_ASSERT_EQUAL(reply[12 + 312 + 5], 2); /* the second one streams */
    CU_ASSERT_STRING_EQUAL((char *)reply + 12 + 320 + 256, "1-2");
    import();

    usbip_open(&other, &bus);
    CU_ASSERT_TRUE(op(&other, 0x8003, "1-1"));
    CU_ASSERT_EQUAL(usbip_output(&other, refused, sizeof(refused)), 8);
    CU_ASSERT_EQUAL(usbip_get32(refused + 4), 2);
    CU_ASSERT_TRUE(op(&other, 0x8003, "1-3"));
    CU_ASSERT_EQUAL(usbip_output(&other, refused, sizeof(refused)), 8);
    CU_ASSERT_EQUAL(usbip_get32(refused + 4), 4);
    usbip_close(&host);
    CU_ASSERT_TRUE(op(&other, 0x8003, "1-1"));
    CU_ASSERT_EQUAL(usbip_output(&other, reply, sizeof(reply)), 320);
    CU_ASSERT_EQUAL(usbip_get32(reply + 4), 0);
    usbip_close(&other);
    CU_ASSERT_FALSE(op(&other, 0x8006, ""));
}

static void test_enumerate(void)
{
    uint8_t data[USB_CONTROL_MAX];
    int len;

    start();
    import();
    CU_ASSERT_EQUAL(control(0x80, 6, 0x100, 0, 64, data), 18);
    CU_ASSERT_EQUAL(data[0], 18);
    CU_ASSERT_EQUAL(control(0x80, 6, 0x200, 0, 9, data), 9);
    len = data[2] | data[3] << 8;
    CU_ASSERT_EQUAL(control(0x80, 6, 0x200, 0, (uint16_t)len, data), len);
    for (int at = 0; at < len; at += data[at]) {
        CU_ASSERT_TRUE_FATAL(data[at] >= 2 && at + data[at] <= len);
    }
    CU_ASSERT_EQUAL(control(0x80, 6, 0x300, 0, 255, data), 4);
    CU_ASSERT_EQUAL(control(0x80, 6, 0x302, 0x409, 255, data), 2 + 2 * 12);
    CU_ASSERT_EQUAL(data[2], 'F');
    CU_ASSERT_EQUAL(control(0x80, 6, 0x304, 0x409, 255, data), -32);
    CU_ASSERT_EQUAL(control(0x80, 6, 0x600, 0, 10, data), -32); /* no other speed */
    CU_ASSERT_EQUAL(control(0x80, 8, 0, 0, 1, data), 1);
    CU_ASSERT_EQUAL(data[0], 0);
    CU_ASSERT_EQUAL(control(0x00, 9, 7, 0, 0, data), -32);
    CU_ASSERT_EQUAL(control(0x00, 9, 1, 0, 0, data), 0);
    CU_ASSERT_EQUAL(control(0x80, 8, 0, 0, 1, data), 1);
    CU_ASSERT_EQUAL(data[0], 1);
    CU_ASSERT_EQUAL(control(0x01, 11, 1, 1, 0, data), -32);
    CU_ASSERT_EQUAL(control(0xc0, 1, 0, 0, 4, data), -32);
    CU_ASSERT_EQUAL(control(0xa1, 0x81, 0x100, 0, 34, data), -32);
    CU_ASSERT_EQUAL(control(0x80, 0, 0, 0, 2, data), 2);
}

static void test_frames(void)
{
    uint8_t toggle[2];
    size_t at = 0;

    begin(1);
    uvc_frame(&camera[0], pixels, sizeof(pixels));
    CU_ASSERT_EQUAL(woken, 1);
    CU_ASSERT_TRUE(uvc_busy(&camera[0]));
    CU_ASSERT_EQUAL(frame(TRANSFER, &toggle[0]), UVC_FRAME_MAX);
    CU_ASSERT_EQUAL(memcmp(got, pixels, UVC_FRAME_MAX), 0);
    CU_ASSERT_FALSE(uvc_busy(&camera[0]));
    nothing_left();

    uvc_frame(&camera[0], pixels, sizeof(pixels));
    payload(&at, 1000);
    uvc_blank(&camera[0]); /* the rest is black */
    at = frame(999, &toggle[1]) + at;
    CU_ASSERT_EQUAL(at, UVC_FRAME_MAX);
    CU_ASSERT_NOT_EQUAL(toggle[0], toggle[1]);
    CU_ASSERT_EQUAL(got[0], 0x10);
    CU_ASSERT_EQUAL(got[1], 0x80);

    uvc_frame(&camera[0], NULL, 0);
    CU_ASSERT_EQUAL(frame(TRANSFER, &toggle[0]), UVC_FRAME_MAX);
    for (size_t i = 0; i < UVC_FRAME_MAX; i++) {
        if (got[i] != (i & 1 ? 0x80 : 0x10)) {
            CU_FAIL_FATAL("a frame that should be black");
        }
    }
}

/* What libjpeg makes of it: all black, of that size, and no complaint. */
static void is_black_jpeg(const uint8_t *data, size_t bytes, unsigned width, unsigned height)
{
    struct jpeg_error_mgr errors;
    struct jpeg_decompress_struct jpeg = {.err = jpeg_std_error(&errors)};
    static JSAMPLE row[1280 * 3];
    JSAMPROW rows[] = {row};
    unsigned lit = 0;

    jpeg_create_decompress(&jpeg);
    jpeg_mem_src(&jpeg, data, bytes);
    CU_ASSERT_EQUAL_FATAL(jpeg_read_header(&jpeg, TRUE), JPEG_HEADER_OK);
    CU_ASSERT_TRUE_FATAL(jpeg.image_width == width && jpeg.image_height == height);
    jpeg_start_decompress(&jpeg);
    while (jpeg.output_scanline < height) {
        jpeg_read_scanlines(&jpeg, rows, 1);
        for (unsigned i = 0; i < 3 * width; i++) {
            lit += row[i] != 0;
        }
    }
    jpeg_finish_decompress(&jpeg);
    CU_ASSERT_EQUAL(lit, 0);
    CU_ASSERT_EQUAL(errors.num_warnings, 0);
    jpeg_destroy_decompress(&jpeg);
}

static void test_jpeg(void)
{
    static const unsigned sizes[][2] = {{640, 480}, {320, 240}, {1280, 720}};
    static const size_t lengths[] = {1, 5000, TRANSFER - 2, TRANSFER - 1, UVC_FRAME_MAX};
    uint8_t toggle;
    size_t at = 0;

    for (uint8_t i = 0; i < UVC_SIZES; i++) {
        begin_format(2, i + 1);
        uvc_frame(&camera[0], NULL, 0);
        at = frame(TRANSFER, &toggle);
        is_black_jpeg(got, at, sizes[i][0], sizes[i][1]);
        uvc_blank(&camera[0]); /* there is nothing to take back */
    }
    for (unsigned i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        uvc_frame(&camera[0], pixels, (uint32_t)lengths[i]);
        CU_ASSERT_EQUAL(frame(777, &toggle), lengths[i]);
        CU_ASSERT_EQUAL(memcmp(got, pixels, lengths[i]), 0);
    }
    uvc_frame(&camera[0], pixels, 40000);
    at = 0;
    payload(&at, 1000);
    uvc_blank(&camera[0]);
    CU_ASSERT_EQUAL(at + frame(999, &toggle), 40000);
    at = 40000 - at;
    CU_ASSERT_TRUE(got[0] == 0 && got[at - 3] == 0 && got[at - 2] == 0xff && got[at - 1] == 0xd9);
    uvc_frame(&camera[0], NULL, 0);
    is_black_jpeg(got, frame(TRANSFER, &toggle), 1280, 720);

    begin_format(1, 1);
    negotiate_format(2, 1, UVC_FRAME_MAX);
    CU_ASSERT_FALSE(camera[0].streams);
}

/* A transfer shorter than a payload: the payload goes on in the next one. */
static void test_short_transfers(void)
{
    uint8_t reply[USBIP_HEADER], data[4096];
    size_t at = 0, payload_at = 0;

    begin(2);
    for (unsigned i = 5; i--;) {
        unlink_one(seqnum - i);
        take(reply, sizeof(reply));
        seqnum--;
    }
    uvc_frame(&camera[0], pixels, sizeof(pixels));
    while (camera[0].sending) {
        uint32_t len, header;

        want(sizeof(data));
        take(reply, sizeof(reply));
        len = usbip_get32(reply + 24);
        take(data, len);
        header = payload_at ? 0 : 2;
        memcpy(got + at, data + header, len - header);
        at += len - header;
        payload_at = len < sizeof(data) || payload_at + len == TRANSFER ? 0 : payload_at + len;
    }
    CU_ASSERT_EQUAL(at, SMALL);
    CU_ASSERT_EQUAL(memcmp(got, pixels, SMALL), 0);
}

static void test_unlink(void)
{
    uint8_t reply[USBIP_HEADER], data[TRANSFER];
    uint32_t first;

    begin(1);
    first = seqnum - 4;
    unlink_one(first);
    take(reply, sizeof(reply));
    CU_ASSERT_EQUAL(usbip_get32(reply), 4);
    CU_ASSERT_EQUAL((int32_t)usbip_get32(reply + 20), -104);
    unlink_one(first);
    take(reply, sizeof(reply));
    CU_ASSERT_EQUAL(usbip_get32(reply + 20), 0);
    /* One that is on its way comes whole, before the answer. */
    uvc_frame(&camera[0], pixels, sizeof(pixels));
    take(reply, sizeof(reply));
    CU_ASSERT_EQUAL(usbip_get32(reply + 4), first + 1);
    take(data, 100);
    unlink_one(first + 1);
    take(data + 100, TRANSFER - 100);
    CU_ASSERT_EQUAL(memcmp(data + 2, pixels, TRANSFER - 2), 0);
    take(reply, sizeof(reply));
    CU_ASSERT_EQUAL(usbip_get32(reply), 4);
    CU_ASSERT_EQUAL(usbip_get32(reply + 20), 0);
}

/* Streaming ends with the endpoint's halt; what was promised still comes, as zeros. */
static void test_stop(void)
{
    uint8_t reply[USBIP_HEADER], data[TRANSFER];
    struct message message;

    begin(1);
    uvc_frame(&camera[0], pixels, sizeof(pixels));
    take(reply, sizeof(reply));
    take(data, 2);
    make(&message, 1, false, 0, 0);
    memcpy(message.bytes + 40, (const uint8_t[]){0x02, 1, 0, 0, 0x81, 0, 0, 0}, 8);
    CU_ASSERT_TRUE(usbip_input(&host, message.bytes, USBIP_HEADER));
    CU_ASSERT_FALSE(camera[0].streams);
    CU_ASSERT_EQUAL(changes, 2);
    take(data + 2, TRANSFER - 2);
    CU_ASSERT_EQUAL(data[2], 0);
    CU_ASSERT_EQUAL(data[TRANSFER - 1], 0);
    take(reply, sizeof(reply));
    nothing_left();
    uvc_frame(&camera[0], pixels, sizeof(pixels)); /* nobody wants it */
    CU_ASSERT_FALSE(uvc_busy(&camera[0]));
    negotiate(2);
    uvc_frame(&camera[0], pixels, sizeof(pixels));
    CU_ASSERT_FALSE(uvc_busy(&camera[0]));
    want(TRANSFER);
    uvc_frame(&camera[0], pixels, sizeof(pixels));
    CU_ASSERT_TRUE(usbip_has_output(&host));
    usbip_close(&host);
    CU_ASSERT_FALSE(camera[0].streams);
    CU_ASSERT_EQUAL(bus.imported, 0);
}

/* ---- What nobody should do ----------------------------------------------------------------- */

static void test_limits(void)
{
    struct message message;
    unsigned i;

    begin(1);
    for (i = 5; i < USBIP_URBS; i++) {
        want(TRANSFER);
    }
    make(&message, 1, true, 1, TRANSFER);
    CU_ASSERT_FALSE(usbip_input(&host, message.bytes, USBIP_HEADER)); /* one too many */

    begin(1);
    make(&message, 1, true, 1, TRANSFER);
    usbip_put32(message.bytes + 32, 8); /* isochronous */
    CU_ASSERT_FALSE(usbip_input(&host, message.bytes, USBIP_HEADER));

    begin(1);
    make(&message, 1, false, 0, USB_CONTROL_MAX + 1);
    CU_ASSERT_FALSE(usbip_input(&host, message.bytes, USBIP_HEADER));

    begin(1);
    make(&message, 1, false, 2, 4); /* an endpoint that is not there */
    CU_ASSERT_TRUE(usbip_input(&host, message.bytes, USBIP_HEADER + 4));
    CU_ASSERT_EQUAL(usbip_output(&host, got, USBIP_HEADER), USBIP_HEADER);
    CU_ASSERT_EQUAL((int32_t)usbip_get32(got + 20), -32);

    begin(1);
    for (i = 0; i < 1000; i++) { /* answers that nobody takes */
        make(&message, 2, false, 0, 0);
        if (!usbip_input(&host, message.bytes, USBIP_HEADER)) {
            break;
        }
    }
    CU_ASSERT_EQUAL(i, USBIP_REPLIES / USBIP_HEADER);
}

static uint64_t state = 1;

static uint32_t below(uint32_t n)
{
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return (uint32_t)(state >> 33) % n;
}

static void random_message(struct message *message)
{
    make(message, 1 + below(2), below(2), below(3), below(4) ? below(700) : TRANSFER);
    if (below(8) == 0) {
        usbip_put32(message->bytes + 4 * below(12), below(100000));
    }
    message->bytes[40] = (uint8_t)(below(3) ? 0xa1 & ~(below(2) << 7) : 0x80 | below(4));
    message->bytes[41] = (uint8_t)(below(2) ? below(12) : 0x80 + below(8));
    message->bytes[42] = (uint8_t)below(4);
    message->bytes[43] = (uint8_t)below(4);
    message->bytes[44] = (uint8_t)below(3);
    usbip_put16(message->bytes + 46, below(3) ? below(700) : 0x2200);
}

static void test_random(void)
{
    unsigned streamed = 0, closed = 0;

    start();
    import();
    for (unsigned i = 0; i < 200000; i++) {
        struct message message;

        random_message(&message);
        if (!usbip_input(&host, message.bytes, below(10) ? USBIP_HEADER : below(sizeof(message)))) {
            usbip_close(&host);
            usbip_open(&host, &bus);
            import();
            if (below(2)) {
                negotiate((uint8_t)(1 + below(2)));
            }
            closed++;
        }
        usbip_output(&host, got, below(2) ? below(64) : below(sizeof(got)));
        uvc_frame(&camera[0], below(2) ? pixels : NULL, 1 + below(UVC_FRAME_MAX));
        if (below(5) == 0) {
            uvc_blank(&camera[0]);
        }
        streamed += camera[0].streams;
    }
    CU_ASSERT_TRUE(streamed > 1000);
    CU_ASSERT_TRUE(closed > 1000);
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"devices", test_list},
                                        {"descriptors", test_enumerate},
                                        {"frames", test_frames},
                                        {"JPEG", test_jpeg},
                                        {"short transfers", test_short_transfers},
                                        {"unlink", test_unlink},
                                        {"stop", test_stop},
                                        {"limits", test_limits},
                                        {"anything", test_random},
                                        CU_TEST_INFO_NULL};

    return run_suite("camera on USB/IP", tests);
}
