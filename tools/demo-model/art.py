"""The drawings as tensors: premultiplied RGBA at full and at half size."""

from pathlib import Path

import numpy as np
import torch

from concepts import Drawing

SIZE = 96


class Art:
    """`full` (N, 4, 96, 96) and `half` (N, 4, 48, 48), uint8, premultiplied, in the order of `drawings`."""

    def __init__(self, work: Path, drawings: list[Drawing]):
        self.drawings = drawings
        self.full = torch.empty(len(drawings), 4, SIZE, SIZE, dtype=torch.uint8)
        files: dict[str, np.ndarray] = {}
        for i, d in enumerate(drawings):
            if d.style not in files:
                files[d.style] = np.memmap(work / f"{d.style}.bin", dtype=np.uint8, mode="r").reshape(-1, SIZE, SIZE, 4)
            pixels = torch.from_numpy(files[d.style][d.row].astype(np.float32))
            pixels[..., :3] *= pixels[..., 3:] / 255
            self.full[i] = pixels.round().permute(2, 0, 1)
        halves = [torch.nn.functional.avg_pool2d(part.float(), 2).round().byte() for part in self.full.split(256)]
        self.half = torch.cat(halves)
