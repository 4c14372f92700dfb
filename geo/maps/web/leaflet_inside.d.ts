/** What our layers use of Leaflet's inside, and @types/leaflet leaves out. */
import "leaflet";

declare module "leaflet" {
  /** All renderers of ours draw on a canvas. */
  interface Renderer {
    _container: HTMLCanvasElement;
    /** The part of the map that the canvas covers, in layer pixels: the view and a margin. */
    _bounds: Bounds & { min: Point; max: Point };
    /** Where the map stood when the canvas was drawn. */
    _center: LatLng;
    _zoom: number;
    initialize(options?: RendererOptions): void;
    _initContainer(): void;
    _destroyContainer(): void;
    _update(): void;
    _onAnimZoom(to: { center: LatLng; zoom: number }): void;
    _reset(): void;
    /** Move and scale the canvas to where what it shows lies in another view. */
    _updateTransform(center: LatLng, zoom: number): void;
  }

  interface Map {
    _animatingZoom?: boolean;
    /** Where a view's layer pixels begin, in pixels of the world. */
    _getNewPixelOrigin(center: LatLng, zoom: number): Point;
  }
}
