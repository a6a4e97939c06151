import { Album } from "../album/Album";
import { usePhotos } from "../album/files";
import { Button } from "../design/Button";
import { useTexts } from "../texts";
import { Frame } from "./Frame";

type PhotosStepProps = { onBack: () => void; onDone: () => void };

/** Photos go up while one looks at them; whoever has none goes on without. */
export default function PhotosStep({ onBack, onDone }: PhotosStepProps) {
  const { signUp } = useTexts();
  const { photos = [] } = usePhotos();
  return (
    <Frame
      step={3}
      title={signUp.photos.title}
      lead={signUp.photos.lead}
      onBack={onBack}
      footer={
        <Button kind={photos.length > 0 ? "main" : "plain"} size="large" onClick={onDone}>
          {photos.length > 0 ? signUp.photos.done : signUp.photos.without}
        </Button>
      }
    >
      <Album />
    </Frame>
  );
}
