/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Descriptors of the camera: USB 2.0, section 9.6, and UVC 1.1, sections 3.7 and 3.9. */
#include "uvc.h"

#define B2(value) (uint8_t)(value), (uint8_t)((value) >> 8)
#define B4(value) B2(value), B2((value) >> 16)

#define FPS(rate) (10000000u / (rate)) /* as an interval, in 100 ns */

#define SMALL_WIDTH  320u
#define SMALL_HEIGHT 240u
#define LARGE_WIDTH  1280u
#define LARGE_HEIGHT 720u

const struct uvc_size uvc_size[UVC_SIZES] = {
    {UVC_WIDTH, UVC_HEIGHT}, {SMALL_WIDTH, SMALL_HEIGHT}, {LARGE_WIDTH, LARGE_HEIGHT}};

const uint32_t uvc_interval[UVC_INTERVALS] = {FPS(30), FPS(15), FPS(10), FPS(5)};

/* pid.codes' number for devices that are not sold. */
#define VENDOR  0x1209u
#define PRODUCT 0x0001u

enum string { STRING_MAKER = 1, STRING_NAME, STRING_SERIAL };

const uint8_t uvc_device_descriptor[USB_DEVICE_BYTES] = {
    18,
    1,
    B2(0x0200),
    0xef,
    2,
    1 /* with interface associations */,
    64,
    B2(VENDOR),
    B2(PRODUCT),
    B2(0x0100),
    STRING_MAKER,
    STRING_NAME,
    STRING_SERIAL,
    1,
};

#define CLASS_VIDEO  0x0e
#define CS_INTERFACE 0x24

#define TERMINAL_CAMERA 1
#define TERMINAL_STREAM 2

/* Lengths of what the header of each interface sums up. */
#define CONTROL_BYTES (13 + 18 + 9)
#define YUY2_BYTES    (26 + 4 * (UVC_INTERVALS - 1))
#define JPEG_BYTES    (26 + 4 * UVC_INTERVALS)
#define COLOUR_BYTES  6
#define STREAM_BYTES                                                                      \
    (15 + 27 + UVC_YUY2_SIZES * YUY2_BYTES + COLOUR_BYTES + 11 + UVC_SIZES * JPEG_BYTES + \
     COLOUR_BYTES)
#define TOTAL_BYTES (9 + 8 + 9 + CONTROL_BYTES + 9 + STREAM_BYTES + 7)

#define BITS(width, height, rate) ((width) * (height)*16u * (rate))

/* Uncompressed video's specification, 3.1.2 */
#define YUY2(index, width, height)                                                              \
    YUY2_BYTES, CS_INTERFACE, 5, (index), 0, B2(width), B2(height), B4(BITS(width, height, 5)), \
        B4(BITS(width, height, 15)), B4((width) * (height)*UVC_PIXEL), B4(FPS(15)),             \
        UVC_INTERVALS - 1, B4(FPS(15)), B4(FPS(10)), B4(FPS(5))

/* Motion JPEG's, 3.1.2 */
#define JPEG(index, width, height)                                                               \
    JPEG_BYTES, CS_INTERFACE, 7, (index), 0, B2(width), B2(height), B4(BITS(width, height, 5)),  \
        B4(BITS(width, height, 30)), B4(UVC_FRAME_MAX), B4(FPS(30)), UVC_INTERVALS, B4(FPS(30)), \
        B4(FPS(15)), B4(FPS(10)), B4(FPS(5))

/* Colours: sRGB's primaries, BT.709's curve, BT.601's matrix */
#define COLOUR COLOUR_BYTES, CS_INTERFACE, 13, 1, 1, 4

/* clang-format off */
const uint8_t uvc_configuration[] = {
    /* configuration 1 with two interfaces, 500 mA */
    9, 2, B2(TOTAL_BYTES), 2, 1, 0, 0x80, 250,
    /* which belong together */
    8, 11, 0, 2, CLASS_VIDEO, 3, 0, STRING_NAME,

    /* interface 0, video control: a camera, and what takes its stream to the host */
    9, 4, 0, 0, 0, CLASS_VIDEO, 1, 0, STRING_NAME,
    13, CS_INTERFACE, 1, B2(0x0110), B2(CONTROL_BYTES), B4(10000000u), 1, 1,
    18, CS_INTERFACE, 2, TERMINAL_CAMERA, B2(0x0201), 0, 0, B2(0), B2(0), B2(0), 3, 0, 0, 0,
    9, CS_INTERFACE, 3, TERMINAL_STREAM, B2(0x0101), 0, TERMINAL_CAMERA, 0,

    /* interface 1, video streaming: YUY2 in two sizes, JPEG in three */
    9, 4, 1, 0, 1, CLASS_VIDEO, 2, 0, 0,
    15, CS_INTERFACE, 1, UVC_FORMATS, B2(STREAM_BYTES), 0x81, 0, TERMINAL_STREAM, 0, 0, 0, 1, 0, 0,
    27, CS_INTERFACE, 4, UVC_YUY2 + 1, UVC_YUY2_SIZES,
        'Y', 'U', 'Y', '2', 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xaa, 0x00, 0x38, 0x9b, 0x71,
        16, 1, 0, 0, 0, 0,
    YUY2(1, UVC_WIDTH, UVC_HEIGHT),
    YUY2(2, SMALL_WIDTH, SMALL_HEIGHT),
    COLOUR,
    11, CS_INTERFACE, 6, UVC_JPEG + 1, UVC_SIZES, 0, 1, 0, 0, 0, 0,
    JPEG(1, UVC_WIDTH, UVC_HEIGHT),
    JPEG(2, SMALL_WIDTH, SMALL_HEIGHT),
    JPEG(3, LARGE_WIDTH, LARGE_HEIGHT),
    COLOUR,
    /* its endpoint: bulk, high speed */
    7, 5, 0x81, 2, B2(512), 0,
};
/* clang-format on */

_Static_assert(sizeof(uvc_configuration) == TOTAL_BYTES, "wTotalLength");
_Static_assert(sizeof(uvc_configuration) <= USB_CONTROL_MAX, "fits a control transfer");
