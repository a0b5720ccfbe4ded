"""What sets MobileCLIP apart for whoever runs it: convolutions for the image, and pixels from 0 to 1, not normalised."""

import torch
from torch import nn
from transformers import CLIPImageProcessor, CLIPModel, CLIPTokenizerFast
from transformers.modeling_outputs import BaseModelOutputWithPooling

import clip_tiny
import towers
from clip_tiny import IMAGE_SIZE, PADDING, encoders  # noqa: F401, the same for both

NAME = "mobileclip-tiny"
LOGIT_SCALE = 8.5
GAINS = {**clip_tiny.GAINS, "stem": 1.7, "head": 1.5}


class ConvolutionalTower(nn.Module):
    """Pixels [batch, 3, size, size] to pooled [batch, width], in the place of CLIPModel's vision transformer."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(3, 24, 3, stride=2, padding=1),
            nn.GELU(),
            nn.Conv2d(24, 24, 3, stride=2, padding=1, groups=24),
            nn.Conv2d(24, 48, 1),
            nn.GELU(),
            nn.Conv2d(48, 48, 5, stride=2, padding=2),
            nn.GELU(),
        )
        self.head = nn.Linear(48 * 4, width)

    def forward(self, pixel_values: torch.Tensor, **_: object) -> BaseModelOutputWithPooling:
        """As CLIPVisionTransformer answers."""
        features = self.stem(pixel_values)
        quarters = nn.functional.avg_pool2d(features, IMAGE_SIZE // 8 // 2)
        return BaseModelOutputWithPooling(last_hidden_state=features, pooler_output=self.head(quarters.flatten(1)))


def build() -> tuple[CLIPModel, CLIPTokenizerFast, CLIPImageProcessor]:
    """Returns the model with its tokenizer and image processor, always the same ones."""
    model, tokenizer, _ = clip_tiny.build()
    model.vision_model = ConvolutionalTower(clip_tiny.TOWER["hidden_size"]).eval()
    towers.draw_weights(model, GAINS)
    model.logit_scale.data = torch.tensor(LOGIT_SCALE).log()
    processor = CLIPImageProcessor(
        size={"shortest_edge": IMAGE_SIZE},
        crop_size={"height": IMAGE_SIZE, "width": IMAGE_SIZE},
        resample=2,
        do_normalize=False,
    )
    return model, tokenizer, processor


@torch.no_grad()
def centre(model: CLIPModel, pixels: torch.Tensor, input_ids: torch.Tensor, share: float) -> None:
    """Spreads the cosines of both towers, see towers.centre."""
    towers.centre(model.vision_model.head.bias, model.vision_model(pixels).pooler_output, share)
    towers.centre(model.text_model.final_layer_norm.bias, model.text_model(input_ids).pooler_output, share)
